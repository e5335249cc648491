package io.ringtail.server.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.store.StoreConfig.Eviction;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How memory comes back: by expiry, by flush, by compaction, by moving blocks. */
final class StoreReclaimTest {
    private static final long MIB = 1 << 20;

    private static void maintain(Store store, int now) {
        store.tick(now);
        for (int i = 0; i < 50; i++) {
            store.maintain(0, 1, now);
        }
    }

    @Test
    void expiredSegmentsAreFreedWithoutAnybodyAsking() {
        try (var store = Store.open(StoreConfig.defaults().withLimit(16 * MIB))) {
            var client = new StoreClient(store);
            for (int i = 0; i < 50_000; i++) {
                client.set("lasting" + i % 100, new byte[100], 0, 0);
                client.set("passing" + i, new byte[100], 0, 60);
            }
            long before = store.statistics(1).freeSegments();
            maintain(store, 59);
            assertEquals(50_100, store.statistics(59).items());
            maintain(store, 60);
            var after = store.statistics(60);
            assertEquals(100, after.items());
            assertTrue(after.freeSegments() > before + 100, after.toString());
            assertEquals(50_000, after.sum(each -> each.counters().crawlerReclaimed()));
            assertEquals(50_000, after.sum(each -> each.counters().expiredUnfetched()));
            assertEquals(0, after.sum(each -> each.counters().evicted()));
            client.now = 60;
            assertNotNull(client.get("lasting99"));
            StoreAudit.check(store, 0);
        }
    }

    /** What has expired leaves before anything that lasts does. */
    @Test
    void nothingIsEvictedWhileSegmentsExpire() {
        try (var store =
                Store.open(StoreConfig.defaults().withLimit(16 * MIB).withConcurrency(1))) {
            var client = new StoreClient(store);
            for (int i = 0; i < 30_000; i++) {
                client.set("lasting" + i, new byte[100], 0, 0);
            }
            for (int second = 1; second < 200; second++) {
                client.now = second;
                store.tick(second);
                for (int i = 0; i < 1_000; i++) {
                    client.set("passing" + second + ":" + i, new byte[100], 0, second + 10);
                }
            }
            assertEquals(0, store.statistics(200).sum(each -> each.counters().evicted()));
            for (int i = 0; i < 30_000; i += 100) {
                assertNotNull(client.get("lasting" + i));
            }
            StoreAudit.check(store, 0);
        }
    }

    @Test
    void flushedMemoryComesBack() {
        try (var store = Store.open(StoreConfig.defaults().withLimit(16 * MIB))) {
            var client = new StoreClient(store);
            for (int i = 0; i < 80_000; i++) {
                client.set("key" + i, new byte[100], 0, 0);
            }
            long indexBytes = store.statistics(1).index().bytes();
            store.flush(0, 1);
            client.set("new", new byte[10], 0, 0);
            for (int i = 0; i < 20; i++) {
                maintain(store, 1);
            }
            var statistics = store.statistics(1);
            assertEquals(1, statistics.items());
            assertTrue(statistics.index().bytes() < indexBytes / 4, statistics.toString());
            assertNotNull(client.get("new"));
            assertNull(client.get("key79999"));
            assertEquals(MissReason.ABSENT, client.view().missReason());
            StoreAudit.check(store, 0);
        }
    }

    @Test
    void aFullStoreWithoutEvictionRefusesOnlyAboveNineTenths() {
        for (int valueBytes : new int[] {100, 1_000}) {
            var config =
                    StoreConfig.defaults().withLimit(16 * MIB).withEviction(Eviction.S3FIFO, false);
            try (var store = Store.open(config)) {
                var client = new StoreClient(store);
                int stored = 0;
                while (client.set("key" + stored, new byte[valueBytes], 0, 0) > 0) {
                    stored++;
                }
                assertTrue(
                        liveBytes(store)
                                > 0.87 * config.limitBytes() - store.statistics(1).index().bytes(),
                        "live=" + liveBytes(store));
                for (int i = 0; i < stored; i++) {
                    assertNotNull(client.get("key" + i));
                }
                // Other lengths do not fit into the holes: compaction has to make room.
                for (int i = 0; i < stored; i += 3) {
                    assertTrue(client.delete("key" + i));
                }
                int again = 0;
                while (client.set("other" + again, new byte[valueBytes * 3 / 2], 0, 0) > 0) {
                    again++;
                }
                assertTrue(again > stored / 3 / 2 * 0.85, "again=" + again + " of " + stored);
                assertTrue(store.statistics(1).sum(each -> each.counters().outOfMemory()) >= 2);
                assertTrue(client.delete("key1"));
                StoreAudit.check(store, 0);
            }
        }
    }

    private static long liveBytes(Store store) {
        long live = 0;
        for (int i = 0; i < store.core().shards(); i++) {
            live += store.core().shard(i).log().liveBytes();
        }
        return live;
    }

    /** Blocks that lie scattered are moved together when segments are wanted for small items. */
    @Test
    void scatteredBlocksAreMovedTogether() {
        var config = StoreConfig.defaults()
                .withLimit(16 * MIB)
                .withEviction(Eviction.S3FIFO, false)
                .withConcurrency(1);
        try (var store = Store.open(config)) {
            var client = new StoreClient(store);
            var random = new Random(1);
            int blockBytes = store.inlineLimit();
            int stored = 0;
            while (client.set("long" + stored, filled(stored, 2 * blockBytes + 10), 0, 0) > 0) {
                stored++;
            }
            int kept = 0;
            for (int i = 0; i < stored; i++) {
                if (random.nextInt(6) > 0) {
                    assertTrue(client.delete("long" + i));
                } else {
                    kept++;
                }
            }
            int small = 0;
            while (client.set("small" + small, new byte[100], 0, 0) > 0) {
                small++;
            }
            long smallBytes = small * 130L;
            long longBytes = kept * (2L * blockBytes + 100);
            assertTrue(smallBytes + longBytes > 0.6 * config.limitBytes(),
                    "small=" + smallBytes + " long=" + longBytes);
            for (int i = 0; i < stored; i++) {
                var item = client.get("long" + i);
                if (item != null) {
                    assertArrayEquals(filled(i, 2 * blockBytes + 10), item.value());
                    kept--;
                }
            }
            assertEquals(0, kept);
            StoreAudit.check(store, 0);
        }
    }

    private static byte[] filled(int number, int length) {
        var value = new byte[length];
        new Random(number).nextBytes(value);
        return value;
    }

    @Test
    void aLowerLimitIsReached() {
        try (var store = Store.open(StoreConfig.defaults().withLimit(32 * MIB))) {
            var client = new StoreClient(store);
            for (int i = 0; i < 100_000; i++) {
                client.set("key" + i, new byte[100], 0, 0);
                if (i % 1_000 == 0) {
                    client.set("long" + i, new byte[200_000], 0, 0);
                }
            }
            assertTrue(store.resize(8 * MIB));
            for (int i = 0; i < 2_000 && store.statistics(1).memoryBytes() > 8 * MIB; i++) {
                store.maintain(0, 1, 1);
            }
            assertTrue(store.statistics(1).memoryBytes() <= 8 * MIB);
            assertTrue(store.resize(128 * MIB));
            for (int i = 0; i < 500_000; i++) {
                client.set("key" + i, new byte[100], 0, 0);
            }
            assertEquals(0, misses(client, 500_000));
            StoreAudit.check(store, 0);
        }
    }

    private static int misses(StoreClient client, int keys) {
        int misses = 0;
        for (int i = 0; i < keys; i += 10) {
            misses += client.get("key" + i) == null ? 1 : 0;
        }
        return misses;
    }

    /**
     * However much is read and therefore kept, a write copies at most four times its own bytes, but
     * for what earlier writes saved up: four segments.
     */
    @Test
    void theBytesThatAWriteMovesAreBounded() {
        for (var eviction : Eviction.values()) {
            var config = StoreConfig.defaults()
                    .withLimit(4 * MIB)
                    .withEviction(eviction, true)
                    .withConcurrency(1);
            try (var store = Store.open(config)) {
                var client = new StoreClient(store);
                var random = new Random(1);
                int recordBytes = 124;
                long saved = 4L * store.core().geometry().segmentBytes();
                long moved = 0;
                int stored = 0;
                for (; stored < 60_000; stored++) {
                    for (int i = 0; i < 20 && stored > 20_000; i++) {
                        client.get(key(stored - 1 - random.nextInt(40_000)));
                    }
                    client.set(key(stored), new byte[100], 0, 0);
                    long all = moves(store) * recordBytes;
                    assertTrue(all - moved <= saved + 4 * recordBytes,
                            "stored=" + stored + " moved=" + (all - moved));
                    moved = all;
                }
                assertTrue(moved > 10_000L * recordBytes, eviction + " moved=" + moved);
                assertTrue(moved <= 4L * recordBytes * stored + saved,
                        eviction + " moved=" + moved);
            }
        }
    }

    private static String key(int number) {
        return "key" + (10_000_000 + Math.max(0, number));
    }

    private static long moves(Store store) {
        return store.statistics(1)
                .sum(each -> each.counters().movesToMain() + each.counters().movesWithinMain());
    }

    @Test
    void misuseFailsFast() {
        try (var store = Store.open(StoreConfig.defaults().withLimit(MIB))) {
            var client = new StoreClient(store);
            var mutation = client.begin("key");
            assertThrows(IllegalStateException.class, () -> mutation.commit(0));
            assertThrows(IllegalArgumentException.class,
                    () -> mutation.allocate(store.inlineLimit() + 1, 0, 0));
            assertThrows(IllegalStateException.class, () -> client.begin("key"));
            mutation.end();
            assertThrows(IllegalArgumentException.class,
                    () -> store.upload(store.maxItemBytes() + 1));
        }
    }
}
