package io.ringtail.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.config.Setting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What monitoring tools read, read by their rules, from a node that holds something. */
final class MonitoringToolsIT {
    /** Where phpMemcachedAdmin stops to read, whatever stands before it in the line. */
    private static final Pattern PHP_END = Pattern
            .compile(".*(END|DELETED|OK|ERROR|SERVER_ERROR|CLIENT_ERROR|NOT_FOUND|STORED|RESET)");
    private static final int LIBMEMCACHED_LINE_BYTES = 350;
    private static final int LIBMEMCACHED_VERSION_BYTES = 24;

    private LiveNode node;
    private TextConnection client;

    @BeforeEach
    void fillANode() throws IOException {
        node = LiveNode.start(Map.of(Setting.MEMORY_LIMIT, "8"));
        client = node.connect();
        for (int i = 0; i < 3000; i++) {
            assertEquals("STORED", client.set("key" + i, i % 3 == 0 ? 60 : 0, "v".repeat(i)));
        }
        client.set("n", 0, "1");
        var cas = client.list("gets n").getFirst().split(" ")[4];
        for (var command : List.of("get none", "mg key2999", "incr n 1", "decr n 1",
                "cas n 0 0 1 " + cas + "\r\n1", "cas n 0 0 1 1\r\n1", "cas none 0 0 1 1\r\n1",
                "touch n 0", "delete none", "delete key2998")) {
            client.ask(command);
        }
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"memcached_exporter", "libmemcached", "telegraf", "phpmemcachedadmin"})
    void servesToolsOfTheTextProtocol(String tool) throws IOException {
        serves(tool, client::stats);
    }

    @ParameterizedTest
    @ValueSource(strings = {"datadog", "libmemcached"})
    void servesToolsOfTheBinaryProtocol(String tool) throws IOException {
        try (var binary = new BinaryStats(node.port())) {
            serves(tool, binary::stats);
        }
    }

    private static void serves(String tool, StatsReader.Source source) throws IOException {
        var reader = new StatsReader(source);
        var missed = new ArrayList<String>();
        for (var wanted : Wanted.of(tool)) {
            var tables = reader.tables(wanted.request());
            assertFalse(tables.isEmpty(), wanted.request());
            for (var table : tables) {
                if (!wanted.isServedBy(table)) {
                    missed.add(wanted + "=" + table.get(wanted.field()));
                }
            }
        }
        assertEquals(List.of(), missed);
    }

    @Test
    void endsNoLineAsPhpMemcachedAdminsRepliesEnd() throws IOException {
        for (var request : List.of("stats", "stats settings", "stats slabs", "stats items",
                "stats cachedump 2 100")) {
            for (var line : client.list(request)) {
                assertFalse(PHP_END.matcher(line).matches(), line);
            }
        }
    }

    @Test
    void dumpsItemsInTheFiveWordsThatPhpMemcachedAdminSplits() throws IOException {
        assertTrue(client.list("stats cachedump 12 0").size() > 100);
        var items = client.list("stats cachedump 12 100");
        assertEquals(100, items.size());
        for (var item : items) {
            var words = item.split(" ");
            assertEquals(6, words.length, item);
            assertTrue(words[2].startsWith("["), item);
            Long.parseLong(words[2].substring(1));
            Long.parseLong(words[4]);
            assertEquals("s]", words[5]);
        }
    }

    @Test
    void keepsLinesAndVersionsAsShortAsLibmemcachedsBuffers() throws IOException {
        for (var request : List.of("stats", "stats settings", "stats slabs", "stats items")) {
            for (var line : client.list(request)) {
                assertTrue(line.length() < LIBMEMCACHED_LINE_BYTES, line);
            }
        }
        assertTrue(client.stats("").get("version").length() < LIBMEMCACHED_VERSION_BYTES);
        assertTrue(client.ask("version").matches("VERSION [0-9]+\\.[0-9]+\\.[0-9]+"));
    }

    @Test
    void addsUpTheClassesToWhatIsHeld() throws IOException {
        var reader = new StatsReader(client::stats);
        long items = 0;
        long bytes = 0;
        for (var table : reader.tables("items")) {
            items += Long.parseLong(table.get("number"));
            bytes += Long.parseLong(table.get("mem_requested"));
        }
        var general = client.stats("");
        assertEquals(general.get("curr_items"), Long.toString(items));
        assertEquals(general.get("bytes"), Long.toString(bytes));
        long hits = 0;
        long sets = 0;
        for (var table : reader.tables("slabs")) {
            hits += Long.parseLong(table.get("get_hits"));
            sets += Long.parseLong(table.get("cmd_set"));
            assertEquals(Long.parseLong(table.get("total_chunks")),
                    Long.parseLong(table.get("used_chunks"))
                            + Long.parseLong(table.get("free_chunks")));
        }
        assertEquals(general.get("get_hits"), Long.toString(hits));
        assertEquals(general.get("cmd_set"), Long.toString(sets));
    }
}
