package io.ringtail.loadgen.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that people type, against a real memcached. */
final class ClientCommandsIT {
    private static final int SECONDS = 30;

    @TempDir private static Path folder;
    private static Memcached server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = Memcached.start(folder);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.close();
    }

    @Test
    void whatIsSetIsReadTouchedAndDeleted() {
        assertSays("stored\n", "set", "greeting", "hello", "--ttl", "60", "--flags", "7");
        assertSays("hello\n", "get", "greeting");
        assertSays("greeting\thello\ngreeting\thello\n", "get", "greeting", "greeting");
        var json = run(0, "get", "greeting", "--json").out();
        assertTrue(json.startsWith("{\"key\":\"greeting\",\"found\":true,\"value\":\"hello\","
                + "\"size\":5,\"flags\":7,\"ttl\":"), json);
        assertSays("greeting touched\n", "touch", "greeting", "2h");
        assertSays("{\"key\":\"greeting\",\"touched\":true}\n", "touch", "greeting", "0", "--json");
        assertSays("greeting deleted\n", "delete", "greeting");
    }

    @Test
    void whatIsNotThereIsExitCodeOne() {
        assertTrue(run(1, "get", "nothing").err().contains("nothing is not there"));
        assertEquals("{\"key\":\"nothing\",\"found\":false}\n",
                run(1, "get", "nothing", "--json").out());
        run(1, "delete", "nothing");
        run(1, "touch", "nothing", "10");
        run(1, "incr", "nothing");
    }

    @Test
    void bytesOfAFileComeBackAsTheyWere() throws IOException {
        var file = folder.resolve("value");
        Files.write(file, new byte[] {(byte) 0xFF, 0, '\r', '\n'});
        assertSays("stored\n", "set", "bytes", "--file", file.toString());
        var json = run(0, "get", "bytes", "--json").out();
        assertTrue(json.contains("\"value_base64\":\"/wANCg==\",\"size\":4"), json);
    }

    @Test
    void keysMayHoldAnyBytes() {
        var key = "a%20b%FF%25";
        assertSays("stored\n", "set", key, "old\nand new", "--encoded");
        assertSays("old\nand new\n", "get", key, "--encoded");
        assertTrue(run(0, "get", key, "--encoded", "--json").out()
                .startsWith("{\"key_encoded\":\"" + key + "\",\"found\":true,"));
        assertSays(key + " touched\n", "touch", key, "60", "--encoded");
        assertTrue(run(0, "dump").out().contains("  " + key + "\n"));
        assertTrue(run(0, "dump", "--json").out().contains("{\"key_encoded\":\"" + key + "\","));
        assertSays(key + " deleted\n", "delete", key, "--encoded");
        assertSays("5\n", "incr", "n%01", "--initial", "5", "--encoded");
    }

    @Test
    void textIsShownAsItIs() {
        assertSays("stored\n", "set", "schlüssel%", "größer");
        assertSays("größer\n", "get", "schlüssel%");
        assertSays("größer\n", "get", "schl%c3%bcssel%25", "--encoded");
        assertTrue(run(0, "dump").out().contains("  schlüssel%\n"));
        assertTrue(run(0, "dump", "--json").out().contains("{\"key\":\"schlüssel%\","));
    }

    @Test
    void whatAServerDoesNotKnowIsSaid() {
        assertEquals("ringtail: " + server.address() + " does not know that\n",
                run(1, "stats", "nonsense").err());
    }

    @Test
    void countsUpAndDown() {
        assertSays("5\n", "incr", "count", "--initial", "5");
        assertSays("15\n", "incr", "count", "10");
        assertSays("12\n", "incr", "count", "--", "-3");
        assertSays("{\"key\":\"count\",\"value\":13}\n", "incr", "count", "--json");
    }

    @Test
    void showsStatistics() {
        assertTrue(run(0, "stats").out().contains("curr_connections  "));
        assertTrue(run(0, "stats", "settings", "--json").out().contains("\"maxconns\":\""));
        assertTrue(run(0, "top", "-n", "1", "-i", "10ms").out().contains("gets/s"));
        assertTrue(run(0, "top", "-n", "1", "-i", "10ms", "--json").out()
                .startsWith("{\"gets_per_second\":"));
        assertEquals("ringtail: no hottest keys: " + server.address() + " is no Ringtail\n",
                run(0, "top", "-n", "2", "-i", "10ms").err());
        assertEquals("", run(0, "top", "-n", "1", "-i", "10ms", "-k", "0").err());
    }

    @Test
    void listsKeys() {
        run(0, "set", "listed", "x");
        var ran = run(0, "dump");
        assertTrue(ran.out().contains("  listed\n"), ran.toString());
        assertTrue(run(0, "dump", "--json").out().contains("{\"key\":\"listed\",\"exp\":-1,"));
    }

    @Test
    void watchesUntilItHasSeenEnough() throws Exception {
        var watching = CompletableFuture.supplyAsync(
                () -> run(0, "watch", "mutations", "-n", "1", "--json"),
                task -> Thread.ofVirtual().start(task));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!watching.isDone() && System.nanoTime() - end < 0) {
            run(0, "set", "watched", "x");
        }
        var line = watching.get(SECONDS, TimeUnit.SECONDS).out();
        assertTrue(line.contains("\"key\":\"watched\""), line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get a\tb", "set k", "set k v --file f", "set k v --ttl soon",
        "set k v --flags -1", "incr k x", "stats -s :1", "get --encoded a%2", "get --encoded %zz",
        "get a\u0001b", "top -i 0s", "top -k -1", "top --http :1", "completion fish"})
    void badArgumentsAreExitCode64(String arguments) {
        run(64, arguments.split(" ", -1));
    }

    @Test
    void serverThatIsNotThereIsExitCode69() {
        var ran = Ran.command("get", "k", "-s", "127.0.0.1:1");
        assertEquals(69, ran.exitCode(), ran.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void completionKnowsCommandsAndOptions(String shell) {
        var script = Ran.command("completion", shell).out();
        assertTrue(script.contains("loadgen") && script.contains("--scenario"), script);
    }

    private static void assertSays(String out, String... arguments) {
        assertEquals(out, run(0, arguments).out());
    }

    private static Ran run(int exitCode, String... arguments) {
        var all = new ArrayList<>(List.of(arguments[0]));
        if (!List.of(arguments).contains("-s") && !arguments[0].equals("completion")) {
            all.addAll(List.of("-s", server.address()));
        }
        all.addAll(List.of(arguments).subList(1, arguments.length));
        var ran = Ran.command(all.toArray(String[]::new));
        assertEquals(exitCode, ran.exitCode(), ran.toString());
        return ran;
    }
}
