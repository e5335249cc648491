package io.ringtail.server.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StoreTest {
    private Store store;
    private StoreClient client;

    @BeforeEach
    void open() {
        store = Store.open(StoreConfig.defaults().withLimit(8 << 20));
        client = new StoreClient(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void givesBackWhatWasSet() {
        long cas = client.set("key", bytes("value"), 7, 0);
        var item = client.get("key");
        assertNotNull(item);
        assertArrayEquals(bytes("value"), item.value());
        assertEquals(7, item.clientFlags());
        assertEquals(cas, item.cas());
        assertEquals(0, item.exptime());
        assertNull(client.get("other"));
        assertTrue(client.delete("key"));
        assertFalse(client.delete("key"));
        assertNull(client.get("key"));
    }

    @Test
    void keepsAnAttributeApartFromTheValue() {
        for (int valueBytes : new int[] {0, 1, 100, store.inlineLimit() - 8, store.inlineLimit(),
            3 * store.inlineLimit() - 3, 500_000}) {
            var value = new byte[valueBytes];
            new Random(valueBytes).nextBytes(value);
            client.set("key", bytes("a/b"), value);
            for (int i = 0; i < 3; i++) {
                var item = client.get("key");
                assertNotNull(item);
                assertArrayEquals(value, item.value());
                assertEquals(valueBytes, client.view().valueBytes());
                assertArrayEquals(bytes("a/b"), client.attribute("key"));
                assertEquals(true, client.touch("key", i == 0 ? 100 : 0));
            }
        }
        client.set("key", bytes("plain"), 0, 0);
        assertEquals(0, client.attribute("key").length);
    }

    @Test
    void keepsAttributesWhenItemsAreMoved() {
        client.set("small", bytes("a/b"), bytes("value"));
        client.set("large", bytes("c/d"), new byte[100_000]);
        for (int i = 0; i < 40_000; i++) {
            client.set("other" + i, new byte[1000], 0, 0);
            if (i % 100 == 0) {
                assertNotNull(client.get("small"));
                assertNotNull(client.get("large"));
            }
        }
        assertArrayEquals(bytes("a/b"), client.attribute("small"));
        assertArrayEquals(bytes("c/d"), client.attribute("large"));
    }

    @Test
    void expiresAtTheExactSecond() {
        client.set("key", bytes("value"), 0, 10);
        client.now = 9;
        assertNotNull(client.get("key"));
        client.now = 10;
        assertNull(client.get("key"));
        assertEquals(MissReason.EXPIRED, client.view().missReason());
    }

    @Test
    void touchKeepsTheCasUnique() {
        long cas = client.set("key", bytes("value"), 3, 0);
        assertEquals(true, client.touch("key", 100));
        var item = client.get("key");
        assertNotNull(item);
        assertEquals(cas, item.cas());
        assertEquals(100, item.exptime());
        assertEquals(3, item.clientFlags());
        assertArrayEquals(bytes("value"), item.value());
        assertNull(client.touch("other", 5));
    }

    @Test
    void keepsLongValues() {
        var random = new Random(1);
        for (int length : new int[] {store.inlineLimit(), store.inlineLimit() + 1,
            2 * store.inlineLimit(), 100_000, 1_000_000}) {
            var value = new byte[length];
            random.nextBytes(value);
            assertTrue(client.set("key" + length, value, 0, 0) > 0);
            var item = client.get("key" + length);
            assertNotNull(item);
            assertArrayEquals(value, item.value());
        }
    }

    @Test
    void evictsWhenFull() {
        var value = new byte[100];
        int stored = 200_000;
        for (int i = 0; i < stored; i++) {
            assertTrue(client.set("key" + i, value, 0, 0) > 0, "i=" + i);
        }
        var statistics = store.statistics(1);
        assertEquals(stored,
                statistics.items() + statistics.sum(each -> each.counters().evicted()));
        assertTrue(statistics.items() > 50_000, statistics.toString());
        assertTrue(statistics.memoryBytes() <= statistics.limitBytes(), statistics.toString());
        int found = 0;
        for (int i = 0; i < stored; i++) {
            found += client.get("key" + i) != null ? 1 : 0;
        }
        assertEquals(statistics.items(), found);
    }

    @Test
    void flushMakesAllDisappear() {
        client.set("key", bytes("value"), 0, 0);
        store.flush(0, 1);
        assertNull(client.get("key"));
        assertEquals(MissReason.FLUSHED, client.view().missReason());
        client.set("key", bytes("value"), 0, 0);
        assertNotNull(client.get("key"));
        store.flush(5, 1);
        store.tick(4);
        assertNotNull(client.get("key"));
        store.tick(5);
        assertNull(client.get("key"));
    }

    @Test
    void scanVisitsEachItem() {
        for (int i = 0; i < 5_000; i++) {
            client.set("key" + i, bytes("value"), 0, 0);
        }
        var seen = new java.util.HashSet<String>();
        var scan = store.scan();
        boolean more = true;
        while (more) {
            more = scan.next(item -> seen.add(
                    io.ringtail.protocol.memory.Memory.latin1(item.keyAddress(), item.keyBytes())),
                    100, 1);
        }
        assertEquals(5_000, seen.size());
    }
}
