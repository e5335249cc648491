package io.ringtail.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.live.LiveNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** libmemcached's own programs that read statistics, against a node. */
final class LibmemcachedStatsIT {
    @Test
    void memcstatShowsTheStatistics() throws Exception {
        try (var node = LiveNode.start(Map.of()); var client = node.connect()) {
            client.set("a", 0, "1");
            for (var protocol : List.of("--buffer", "--binary")) {
                var shown = run("memcstat", protocol, "--servers=127.0.0.1:" + node.port());
                assertTrue(shown.contains("curr_items: 1\n"), shown);
                assertTrue(shown.contains("version: 1.6.45\n"), shown);
            }
        }
    }

    @Test
    void memcdumpShowsTheKeys() throws Exception {
        try (var node = LiveNode.start(Map.of()); var client = node.connect()) {
            var keys = new TreeSet<String>();
            for (int i = 0; i < 500; i++) {
                client.set("key" + i, 0, "v".repeat(i * 10));
                keys.add("key" + i);
            }
            var shown = run("memcdump", "--servers=127.0.0.1:" + node.port());
            assertEquals(keys, new TreeSet<>(Set.of(shown.split("\n"))));
        }
    }

    private static String run(String program, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Programs.find(program).toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertEquals(0, process.waitFor(), shown);
        return shown;
    }
}
