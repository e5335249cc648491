package io.ringtail.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.testing.Patience;
import org.junit.jupiter.api.Test;

/** Segments get their memory ahead of the writers, on demand and within the limit. */
final class PopulatorTest {
    private static final int MIB = 1 << 20;
    private static final int VALUE_BYTES = 2_000;

    private static Store open(int mebibytes, boolean evictions) {
        return Store.open(StoreConfig.defaults()
                .withLimit((long) mebibytes * MIB)
                .withEviction(StoreConfig.Eviction.S3FIFO, evictions));
    }

    private static void store(StoreClient client, int from, int mebibytes) {
        for (int i = from * 500; i < (from + mebibytes) * 500; i++) {
            assertTrue(client.set("key" + i, new byte[VALUE_BYTES], 0, 0) != 0, "i=" + i);
        }
    }

    private static long ahead(Store store) {
        return store.core().pool().usedBytes() - store.core().pool().neededBytes();
    }

    @Test
    void anIdleStoreHasNothingAhead() {
        try (var store = open(256, true)) {
            new StoreClient(store).get("key");
            assertEquals(0, ahead(store));
        }
    }

    @Test
    void aPartOfWhatIsInUseIsReady() throws Exception {
        try (var store = open(256, true)) {
            var client = new StoreClient(store);
            store(client, 0, 1);
            awaitAhead(store, 2 * MIB);
            assertTrue(ahead(store) <= 6 * MIB, "ahead=" + ahead(store));
            store(client, 1, 80);
            awaitAhead(store, 8 * MIB);
            assertTrue(ahead(store) <= 14 * MIB, "ahead=" + ahead(store));
            StoreAudit.check(store, 0);
        }
    }

    private static void awaitAhead(Store store, long bytes) throws Exception {
        Patience.until(() -> ahead(store) >= bytes, () -> "ahead=" + ahead(store));
    }

    /** What is ready, or in work, is not missing where it is needed. */
    @Test
    void aStoreThatMayNotEvictTakesAllOfIt() {
        try (var store = open(64, false)) {
            store(new StoreClient(store), 0, 62);
            StoreAudit.check(store, 0);
        }
    }
}
