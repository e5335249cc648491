package io.ringtail.loadgen.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a load finds where servers are not as they should be. */
final class FaultsIT {
    /** A busy machine may stall as long as the expectations allow: then it is tried again. */
    private static final int TRIES = 3;

    @TempDir private Path folder;

    @Test
    void valueOfAnotherKeyStopsTheRun() throws Exception {
        try (var server = new FaultyServer((key, request) -> request < 50 ? FaultyServer.right(key)
                : "VALUE " + key + " 0 40\r\n" + FaultyServer.value("another-key")
                        + "\r\nEND\r\n")) {
            assertStopsWithWrongValue(server, "the value of another key");
        }
    }

    @Test
    void repliesOutOfStepStopTheRun() throws Exception {
        try (var server = new FaultyServer((key, request) -> FaultyServer
                .right(request < 50 ? key : "g" + key.substring(1)))) {
            assertStopsWithWrongValue(server, "a value that was not asked for");
        }
    }

    @Test
    void moreRepliesThanQuestionsStopTheRun() throws Exception {
        try (var server = new FaultyServer((key, request) -> FaultyServer.right(key)
                + (request < 50 ? "" : FaultyServer.right(key)))) {
            assertStopsWithWrongValue(server, "more bytes than replies");
        }
    }

    private static void assertStopsWithWrongValue(FaultyServer server, String why) {
        var ran =
                load("-s", server.address(), "--workload", "get", "--no-load", "--duration", "60s");
        assertEquals(3, ran.exitCode(), ran.toString());
        assertTrue(ran.err().contains(why), ran.toString());
    }

    /**
     * A stall of 200 ms at 500 a second keeps some hundred requests waiting, though only the
     * four clients that were waiting notice it.
     */
    @Test
    void stallShowsInThePercentilesOfAFixedRate() throws Exception {
        try (var server = FaultyServer.stalling(150, 200)) {
            var ran = load("-s", server.address(), "--workload", "get", "--no-load", "--duration",
                    "1500ms", "--rate", "500", "-c", "4", "--json", "-");
            assertEquals(0, ran.exitCode(), ran.toString());
            var all = ran.out().substring(ran.out().indexOf("\"all\":{"));
            assertTrue(number(all, "p95") > 50_000, ran.toString());
            assertTrue(number(all, "max") > 190_000, ran.toString());
        }
    }

    /** What was due before the end is still sent when the stall is over, and did not fail. */
    @Test
    void stallAtTheEndIsNoFailure() throws Exception {
        Ran ran;
        int tries = TRIES;
        do {
            try (var server = FaultyServer.stalling(100, 200)) {
                ran = load("-s", server.address(), "--workload", "get", "--no-load", "--duration",
                        "300ms", "--rate", "500", "-c", "4");
            }
        } while (--tries > 0 && !ran.out().contains(" 0 failed"));
        assertTrue(ran.out().contains(" 0 failed"), ran.toString());
    }

    private static double number(String json, String name) {
        var matcher = Pattern.compile("\"" + Pattern.quote(name) + "\":([0-9.]+)").matcher(json);
        assertTrue(matcher.find(), json);
        return Double.parseDouble(matcher.group(1));
    }

    @Test
    void breakerOpensWhenTheServerStopsAndClosesWhenItIsBack() throws Exception {
        var file = Files.writeString(folder.resolve("scenario.yaml"), """
                name: a server stops and comes back
                duration: 4s
                steps:
                  - at: 300ms
                    stop: 0
                    expect: {breaker: open, within: 1s}
                  - at: 1500ms
                    start: 0
                    expect: {breaker: closed, within: 2s}
                expect:
                  error-rate: 0
                  breaker: closed
                  rate: 1
                """);
        assertHolds(file, "breaker of 127.0.0.1");
    }

    @Test
    void breakerOpensWhenTheServerIsSilent() throws Exception {
        var file = Files.writeString(folder.resolve("scenario.yaml"), """
                duration: 4s
                steps:
                  - at: 300ms
                    pause: 0
                    expect: {breaker: open, within: 2s}
                  - at: 1s
                    restore: 0
                    expect: {breaker: closed, within: 2s}
                expect: {error-rate: 0, breaker: closed}
                """);
        assertHolds(file, "breaker of 127.0.0.1");
    }

    private void assertHolds(Path scenario, String says) throws Exception {
        try (var server = Memcached.start(folder)) {
            var ran = scenario(server, scenario);
            for (int i = 1; i < TRIES && ran.exitCode() != 0; i++) {
                ran = scenario(server, scenario);
            }
            assertEquals(0, ran.exitCode(), ran.toString());
            assertTrue(ran.out().contains("held: "), ran.toString());
            assertTrue(ran.out().contains(says), ran.toString());
        }
    }

    private static Ran scenario(Memcached server, Path scenario) {
        return load("-s", server.address(), "--workload", "get", "--scenario", scenario.toString(),
                "--breaker-wait", "100ms", "--timeout", "200ms", "-c", "10");
    }

    @Test
    void expectationThatDoesNotHoldIsExitCodeOne() throws Exception {
        var file = Files.writeString(folder.resolve("scenario.yaml"),
                "duration: 300ms\nsteps:\n  - {at: 0s, slow: 0, latency: 20ms, jitter: 5ms, "
                        + "bandwidth: 100000}\n  - {at: 100ms, rate: 100}\n"
                        + "expect: {p99: 1ms}\n");
        try (var server = Memcached.start(folder)) {
            var ran = load("-s", server.address(), "--workload", "get", "--scenario",
                    file.toString(), "--timeout", "20s");
            assertEquals(1, ran.exitCode(), ran.toString());
            assertTrue(ran.out().contains("NOT HELD: at the end: p99"), ran.toString());
        }
    }

    @Test
    void replayReportsTheMissRatioOfATrace() throws Exception {
        var trace = Files.writeString(folder.resolve("trace.csv"), """
                0,a:1,20,100,1,get,0
                0,a:1,20,100,1,get,0
                1,a,b,20,50,2,set,3600
                1,a,b,20,50,2,get,0
                2,c,20,0,2,incr,0
                2,a:1,20,100,1,delete,0
                3,a:1,20,100,1,gets,0
                """);
        try (var server = Memcached.start(folder)) {
            var ran = load("-s", server.address(), "--trace", trace.toString(), "-c", "1");
            assertEquals(0, ran.exitCode(), ran.toString());
            assertTrue(ran.out().startsWith("ringtail loadgen: replay on "), ran.toString());
            assertTrue(ran.out().contains("reads: 2 hits, 2 misses (miss ratio 0.5000)"),
                    ran.toString());
        }
    }

    @Test
    void compareTellsRatiosOfTwoServers() throws Exception {
        try (var a = Memcached.start(folder); var b = Memcached.start(folder)) {
            var ran = Ran.command("loadgen", "compare", a.address(), b.address(), "--rounds", "2",
                    "--duration", "100ms", "--workload", "get", "--keys", "500", "--json",
                    "--timeout", "20s");
            assertEquals(0, ran.exitCode(), ran.toString());
            assertTrue(number(ran.out(), "ratio") > 0, ran.toString());
        }
    }

    @Test
    void serverThatIsNotThereIsExitCode69() {
        var ran = load("-s", "127.0.0.1:1", "--wait", "100ms");
        assertEquals(69, ran.exitCode(), ran.toString());
        assertTrue(ran.err().contains("127.0.0.1:1 does not answer"), ran.toString());
    }

    private static Ran load(String... more) {
        var arguments = new ArrayList<>(
                List.of("loadgen", "--keys", "500", "--metrics", "off", "-q", "--timeout", "20s"));
        arguments.addAll(List.of(more));
        return Ran.command(arguments.toArray(String[]::new));
    }
}
