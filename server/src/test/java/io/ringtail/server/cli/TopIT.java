package io.ringtail.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.config.Setting;
import io.ringtail.server.config.Surroundings;
import io.ringtail.server.live.LiveNode;
import io.ringtail.server.testing.Lines;
import io.ringtail.server.testing.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hottest keys in {@code ringtail top}, from the side port of a node. */
final class TopIT {
    private static final Surroundings USER = new Surroundings(Map.of(), 2, false, 1L << 30);
    private static final String NO_KEYS = "ringtail: no hottest keys: ";
    private static final int READS = 1000;

    private static LiveNode node;
    @TempDir private Path folder;

    private record Ran(String out, String err) {}

    @BeforeAll
    static void start() throws IOException {
        node = LiveNode.start(Map.of(Setting.HTTP, ":0"));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void showsTheKeysThatAreReadMost() throws Exception {
        awaitShown("hot", " +gets/s [^\n]*\n[^\n]*\n *[1-9][0-9,]*  hot\n", "-k", "1");
        awaitShown("hot", ".*,\"hottest_keys\":\\[\\{\"key\":\"hot\",\"reads_per_second\":"
                + "[1-9][0-9]*}]}\n", "--json", "-k", "1");
    }

    @Test
    void showsKeysThatAreNoTextEncoded() throws Exception {
        awaitShown("r\u0001\u00FF", "(?s).*  r%01%FF\n.*", "-k", "20");
        awaitShown("r\u0001\u00FF", ".*\\{\"key_encoded\":\"r%01%FF\",\"reads_per_second\":.*\n",
                "--json");
    }

    @Test
    void saysWhyThereAreNoKeys() {
        var ran = top(address(1), 2);
        assertTrue(ran.err().startsWith(NO_KEYS + address(1) + ": "), ran.toString());
        assertEquals(1, ran.err().lines().count());
        assertEquals(3, ran.out().lines().count());
        var other = top(address(node.port()), 1, "--json");
        assertTrue(other.err().startsWith(NO_KEYS + address(node.port())), other.toString());
        assertFalse(other.out().contains("hottest_keys"), other.toString());
    }

    @Test
    void doesNotShowTheKeysOfAnotherNode() throws Exception {
        try (var other =
                Launched.start(folder, "serve", "-p", "-1", "--http", ":0", "--metrics", "off")
                        .listening()) {
            var http = address(other.port("HTTP"));
            var ran = top(http, 1);
            assertEquals(NO_KEYS + http + " is another node than " + address(node.port())
                    + ": say --http\n", ran.err());
        }
    }

    /** Keys are counted in samples, and told when a second ends. */
    private static void awaitShown(String key, String pattern, String... options) throws Exception {
        var gets = ("get " + key + "\r\n").repeat(READS);
        var last = new AtomicReference<Ran>();
        try (var socket = Lines.connect(node.port())) {
            Patience.until(() -> {
                Lines.send(socket, gets);
                for (int i = 0; i < READS; i++) {
                    assertEquals("END", Lines.read(socket));
                }
                var ran = top(address(node.httpPort()), 1, options);
                last.set(ran);
                assertEquals("", ran.err());
                return ran.out().matches(pattern);
            }, () -> "pattern=" + pattern + " last=" + last.get());
        }
    }

    private static String address(int port) {
        return "127.0.0.1:" + port;
    }

    private static Ran top(String http, int lines, String... options) {
        var arguments = new ArrayList<>(List.of("top", "-s", address(node.port()), "--http", http,
                "-n", Integer.toString(lines), "-i", "10ms"));
        arguments.addAll(List.of(options));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        int exitCode = Main.run(arguments.toArray(String[]::new), USER, terminal);
        var ran =
                new Ran(out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        assertEquals(0, exitCode, ran::toString);
        return ran;
    }
}
