package io.ringtail.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.config.Setting;
import io.ringtail.server.testing.Patience;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dumps of a node's keys while it works. */
final class DumpIT {
    private static final int ITEMS = 20_000;

    private LiveNode node;
    private TextConnection client;

    @BeforeEach
    void fillANode() throws IOException {
        node = LiveNode.start(Map.of(Setting.EXTENDED, "track_sizes"));
        client = node.connect();
        for (int i = 0; i < ITEMS; i++) {
            client.send("set key:" + i + " " + i % 7 + " " + i % 2 * 500 + " 100 noreply\r\n"
                    + "v".repeat(100) + "\r\n");
        }
        client.ask("version");
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        node.close();
    }

    @Test
    void metadumpTellsOfEveryItemOnce() throws IOException {
        client.list("get key:4");
        var items = metadump("all");
        assertEquals(ITEMS, items.size());
        long now = Long.parseLong(client.stats("").get("time"));
        var read = items.get("key:4");
        assertEquals("-1", read.get("exp"));
        assertEquals("yes", read.get("fetch"));
        assertEquals("4", read.get("flags"));
        var other = items.get("key:5");
        assertEquals("no", other.get("fetch"));
        assertEquals(Long.toString(now + 500), other.get("exp"));
        assertEquals(Long.toString(now), other.get("la"));
        assertEquals(List.of("key", "exp", "la", "cas", "fetch", "cls", "size", "flags"),
                List.copyOf(other.keySet()));
    }

    @Test
    void metadumpOfClassesTellsOfTheirItemsOnly() throws IOException {
        client.set("large", 0, "l".repeat(5000));
        var all = metadump("all");
        var large = all.get("large").get("cls");
        assertEquals(Set.of("large"), metadump(large).keySet());
        assertEquals(all.keySet(), metadump("hash").keySet());
        assertEquals(all.keySet(), metadump("2,3,4," + large).keySet());
    }

    @Test
    void mgdumpTellsHowToReadEveryItem() throws IOException {
        client.ask("ms " + Base64.getEncoder().encodeToString(new byte[] {1, 2, 3}) + " 1 b\r\nx");
        assertEquals("OK", client.ask("lru_crawler mgdump all"));
        var keys = new HashSet<String>();
        for (var line = client.line(); !line.equals("EN"); line = client.line()) {
            assertTrue(line.startsWith("mg "), line);
            keys.add(line.substring(3));
        }
        assertEquals(ITEMS + 1, keys.size());
        assertTrue(keys.contains("AQID b"));
        assertTrue(keys.contains("key:17"));
    }

    @Test
    void commandsBehindADumpAreExecutedAfterIt() throws IOException {
        client.send("lru_crawler metadump all\r\nversion\r\n");
        assertEquals("OK", client.line());
        var line = client.line();
        for (; line.startsWith("key="); line = client.line()) {
            continue;
        }
        assertEquals("END", line);
        assertEquals("VERSION 1.6.45", client.line());
    }

    @Test
    void othersAreServedWhileADumpIsNotRead() throws IOException {
        try (var dumping = node.connect(); var other = node.connect()) {
            dumping.send("lru_crawler metadump all\r\n");
            for (int i = 0; i < 1000; i++) {
                other.set("key:" + i, 0, "new");
                assertEquals("DELETED", other.ask("delete key:" + (i + 1000)));
            }
            assertEquals("OK", dumping.line());
            var seen = new HashSet<String>();
            for (var line = dumping.line(); !line.equals("END"); line = dumping.line()) {
                seen.add(line.substring(4, line.indexOf(' ')));
            }
            for (int i = 2000; i < ITEMS; i++) {
                assertTrue(seen.contains("key%3A" + i), "key:" + i);
            }
        }
    }

    @Test
    void aDumpEndsWithItsClient() throws Exception {
        var dumping = node.connect();
        dumping.send("lru_crawler metadump all\r\n");
        assertEquals("OK", dumping.line());
        dumping.close();
        Patience.until(() -> client.stats("").get("lru_crawler_running").equals("0"),
                () -> "the dump goes on");
    }

    @Test
    void sizesAddUpInStepsOf32Bytes() throws IOException {
        var sizes = client.stats("sizes");
        long items = 0;
        for (var size : sizes.entrySet()) {
            assertEquals(0, Integer.parseInt(size.getKey()) % 32);
            items += Long.parseLong(size.getValue());
        }
        assertEquals(ITEMS, items);
    }

    @Test
    void cachedumpStopsAtTwoMebibytes() throws IOException {
        for (int i = 0; i < 20_000; i++) {
            client.send("set " + "k".repeat(200) + i + " 0 0 0 noreply\r\n\r\n");
        }
        client.ask("version");
        var sizeClass = client.ask("me " + "k".repeat(200) + 5).replaceAll(".*cls=(\\d+).*", "$1");
        int bytes = 0;
        for (var line : client.list("stats cachedump " + sizeClass + " 0")) {
            bytes += line.length() + 2;
        }
        assertTrue(bytes > 2_000_000 && bytes <= 2 << 20, "bytes=" + bytes);
    }

    @Test
    void dumpsAreNotAllowedWhereTheyAreOff() throws IOException {
        try (var other = LiveNode.start(Map.of(Setting.DISABLE_DUMPING, "yes"));
                var asking = other.connect()) {
            assertEquals("ERROR metadump not allowed", asking.ask("lru_crawler metadump all"));
            assertEquals("ERROR key dump not allowed", asking.ask("lru_crawler mgdump all"));
            assertEquals("CLIENT_ERROR stats cachedump not allowed",
                    asking.ask("stats cachedump 1 1"));
            assertEquals("CLIENT_ERROR stats detail not allowed", asking.ask("stats detail on"));
        }
    }

    private Map<String, Map<String, String>> metadump(String classes) throws IOException {
        assertEquals("OK", client.ask("lru_crawler metadump " + classes));
        var items = new HashMap<String, Map<String, String>>();
        for (var line = client.line(); !line.equals("END"); line = client.line()) {
            var fields = new LinkedHashMap<String, String>();
            for (var word : line.strip().split(" ")) {
                fields.put(word.substring(0, word.indexOf('=')),
                        word.substring(word.indexOf('=') + 1));
            }
            var key = URLDecoder.decode(fields.get("key"), StandardCharsets.ISO_8859_1);
            assertFalse(items.containsKey(key), key);
            items.put(key, fields);
        }
        return items;
    }
}
