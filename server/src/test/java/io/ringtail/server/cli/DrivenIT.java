package io.ringtail.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.config.Surroundings;
import io.ringtail.server.wire.NodeInProcess;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The load generator and the client's commands, through the one command line, against a node. */
final class DrivenIT {
    private static final Surroundings USER = new Surroundings(Map.of(), 2, false, 1L << 30);
    private static NodeInProcess node;

    @BeforeAll
    static void start() {
        node = NodeInProcess.start("-m", "64");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mixed", "multi-get", "stampede", "delete-heavy"})
    void loadRunsWithoutFailures(String workload) {
        var out = run("loadgen", "-s", address(), "--workload", workload, "--duration", "200ms",
                "--keys", "2000", "-c", "8", "--metrics", "off", "--timeout", "20s", "-q");
        assertTrue(out.contains(" 0 failed"), out);
    }

    @Test
    void clientCommandsWork() {
        assertEquals("stored\n", run("set", "-s", address(), "key", "value"));
        assertEquals("value\n", run("get", "-s", address(), "key"));
        assertTrue(run("dump", "-s", address()).contains("  key\n"));
        assertTrue(run("stats", "-s", address()).contains("ringtail_version"));
        assertTrue(run("top", "-s", address(), "-n", "1", "-i", "10ms").contains("gets/s"));
        assertEquals("1\n", run("incr", "-s", address(), "count", "--initial", "1"));
    }

    @Test
    void helpListsThemBesideTheServer() {
        var help = run("--help");
        for (var command : List.of("serve", "loadgen", "get", "dump", "completion")) {
            assertTrue(help.contains("  " + command + " "), help);
        }
        assertTrue(run("completion", "bash").contains("--transport"), "serve is not completed");
    }

    private static String address() {
        return "127.0.0.1:" + node.port();
    }

    private static String run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        int exitCode = Main.run(arguments, USER, terminal);
        var text = out.toString(StandardCharsets.UTF_8);
        assertEquals(0, exitCode, () -> List.of(arguments) + "\n" + text);
        return text;
    }
}
