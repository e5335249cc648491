package io.ringtail.loadgen.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.loadgen.preset.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads that a real memcached stands. */
final class LoadIT {
    @TempDir private static Path folder;
    private static Memcached one;
    private static Memcached two;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        one = Memcached.start(folder, "-m", "64");
        two = Memcached.start(folder, "-m", "64");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        one.close();
        two.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyPresetRunsWithoutFailures(Preset preset) {
        var ran = load("--workload", preset.text(), "-s", one.address() + "," + two.address(),
                "--threads", "2", "-c", "4");
        assertEquals(0, ran.exitCode(), ran.toString());
        assertTrue(ran.out().contains(" 0 failed"), ran.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "meta"})
    void bothProtocolsWorkWithValuesOfAllLengths(String protocol) {
        var ran = load("--workload", "write-heavy", "-s", one.address(), "--protocol", protocol,
                "--value-size", "1-200000", "--keys", "200", "--pipeline", "10");
        assertEquals(0, ran.exitCode(), ran.toString());
        assertTrue(ran.out().contains(" 0 failed"), ran.toString());
    }

    @Test
    void clientsWaitForConnectionsOfASmallPool() {
        var ran = load("--workload", "read-heavy", "-s", one.address(), "--pool", "2", "-c", "20",
                "--no-load");
        assertEquals(0, ran.exitCode(), ran.toString());
        assertTrue(ran.out().contains(": 2 connections made, 0 requests without one"),
                ran.toString());
    }

    /** What is due counts, whether or not it could be sent: so this holds on a busy machine too. */
    @Test
    void asksAsOftenAsTheRateSays() {
        var ran =
                load("--workload", "get", "-s", one.address(), "--rate", "400", "--duration", "1s");
        assertEquals(0, ran.exitCode(), ran.toString());
        var words = ran.out().lines().skip(1).findFirst().orElseThrow().split(" ", -1);
        double operations = Double.parseDouble(words[0].replace(",", ""));
        double seconds = Double.parseDouble(words[3]);
        assertEquals(1, operations / (400 * seconds), 0.25, ran.toString());
    }

    @Test
    void writesItsReportAsTextJsonAndHtml() throws IOException {
        var json = folder.resolve("report.json");
        var html = folder.resolve("report.html");
        var ran = load("--workload", "read-heavy", "-s", one.address(), "--json", json.toString(),
                "--html", html.toString(), "--zipf", "0.99");
        assertEquals(0, ran.exitCode(), ran.toString());
        assertTrue(Files.readString(json).startsWith("{\"title\":\"ringtail loadgen: read-heavy"));
        var page = Files.readString(html);
        assertTrue(page.contains("<polyline class='a' points='"), page);
        assertFalse(page.contains("http") || page.contains("src=") || page.contains("<script"),
                "it needs something else: " + page);
    }

    @Test
    void saysWhichPortItFoundForMetrics() {
        var ran = load("--workload", "get", "-s", one.address(), "--metrics", "127.0.0.1:0");
        assertEquals(0, ran.exitCode(), ran.toString());
        assertTrue(ran.err().matches("(?s)ringtail: metrics are on 127\\.0\\.0\\.1:[1-9]\\d+\n.*"),
                ran.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"synthetic:wave", "synthetic:sessions"})
    void workloadsOfTheModuleAreAmongThem(String name) {
        var ran = load("--workload", name, "-s", one.address(), "-c", "4");
        assertEquals(0, ran.exitCode(), ran.toString());
        assertTrue(ran.out().contains("miss ratio"), ran.toString());
    }

    private static Ran load(String... more) {
        var arguments = new ArrayList<>(List.of("loadgen", "--duration", "150ms", "--keys", "2000",
                "--metrics", "off", "-q", "--timeout", "20s"));
        arguments.addAll(List.of(more));
        return Ran.command(arguments.toArray(String[]::new));
    }
}
