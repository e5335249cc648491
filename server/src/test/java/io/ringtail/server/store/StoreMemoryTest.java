package io.ringtail.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.server.store.StoreConfig.Eviction;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store needs of memory: inside the limit, dense, and nothing of the heap. */
final class StoreMemoryTest {
    private static final int MIB = 1 << 20;
    private static final int KEY_BYTES = 10;

    private final long key = Arena.global().allocate(16, 8).address();
    private final long value = Arena.global().allocate(4096, 8).address();

    private void key(int number) {
        int rest = number;
        Memory.putByte(key, (byte) 'k');
        for (int at = KEY_BYTES - 1; at > 0; at--) {
            Memory.putByte(key + at, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    private void set(Store store, Mutation mutation, int number, int valueBytes, int exptime) {
        key(number);
        mutation.begin(store.hash(key, KEY_BYTES), key, KEY_BYTES, 1);
        long to = mutation.allocate(valueBytes, 0, exptime);
        assertTrue(to != 0);
        Memory.copy(value, to, valueBytes);
        mutation.commit(0);
        mutation.end();
    }

    private boolean get(Store store, ItemView view, int number) {
        key(number);
        long hash = store.hash(key, KEY_BYTES);
        while (view.find(hash, key, KEY_BYTES, 1)) {
            Memory.copy(view.inlineAddress(), value, view.valueBytes());
            if (view.isConsistent()) {
                view.markRead(1);
                return true;
            }
        }
        return false;
    }

    /**
     * Items of 10-byte keys and 100-byte values, when full and after three capacities of
     * overwriting.
     */
    @ParameterizedTest
    @EnumSource(Eviction.class)
    void aSmallItemTakesLessThan134Bytes(Eviction eviction) {
        long limit = 64L * MIB;
        var config = StoreConfig.defaults()
                .withLimit(limit)
                .withEviction(eviction, true)
                .withConcurrency(1);
        try (var store = Store.open(config)) {
            var mutation = store.mutation();
            int stored = 0;
            while (stored < 600_000) {
                set(store, mutation, stored++, 100, 0);
            }
            long items = store.statistics(1).items();
            assertTrue(limit / items < 134, "bytes an item=" + (double) limit / items);
            var random = new SplittableRandom(3);
            int keys = (int) (items * 1.3);
            for (long i = 0; i < 3 * items; i++) {
                set(store, mutation, random.nextInt(keys), 100, 0);
            }
            long after = store.statistics(1).items();
            assertTrue(limit / after < 134, "bytes an item=" + (double) limit / after);
            StoreAudit.check(store, 0);
        }
    }

    /** Memory behind the mapping, as the kernel counts it, while sizes and times to live change. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16, 100})
    void theKernelCountsNoMoreThanTheLimit(int mebibytes) throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/smaps")),
                "no /proc: nothing to read the resident size from");
        long limit = (long) mebibytes * MIB;
        try (var store = Store.open(StoreConfig.defaults().withLimit(limit))) {
            var mutation = store.mutation();
            var random = new SplittableRandom(1);
            var client = new StoreClient(store);
            for (int round = 0; round < 6; round++) {
                int maxValue = new int[] {20, 100, 1_000, 10, 3_000, 300}[round];
                for (int i = 0; i < Math.min(40_000, limit / 40); i++) {
                    set(store, mutation, random.nextInt(),
                            random.nextInt(Math.min(maxValue, store.inlineLimit())),
                            random.nextInt(3) == 0 ? 2 + random.nextInt(100_000) : 0);
                }
                client.set("long", new byte[(int) (store.maxItemBytes() / 2)], 0, 0);
                assertTrue(residentBytes(store) <= limit,
                        "resident=" + residentBytes(store) + " limit=" + limit);
                assertTrue(store.statistics(1).memoryBytes() <= limit);
            }
            long half = Math.max(MIB, limit / 2);
            assertTrue(store.resize(half));
            for (int i = 0; i < 10_000 && store.statistics(1).memoryBytes() > half; i++) {
                store.maintain(0, 1, 1);
            }
            assertTrue(residentBytes(store) <= half, "resident=" + residentBytes(store));
        }
    }

    private static long residentBytes(Store store) throws IOException {
        long from = store.core().base();
        long to = from + store.core().geometry().totalBytes();
        long sum = 0;
        boolean inside = false;
        for (var line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                long start = Long.parseUnsignedLong(line.substring(0, line.indexOf('-')), 16);
                long end = Long.parseUnsignedLong(
                        line.substring(line.indexOf('-') + 1, line.indexOf(' ')), 16);
                inside = start < to && end > from;
            } else if (inside && line.startsWith("Anonymous:")) {
                sum += Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource(Eviction.class)
    void requestsAllocateNothing(Eviction eviction) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var store = Store
                .open(StoreConfig.defaults().withLimit(4 * MIB).withEviction(eviction, true))) {
            var mutation = store.mutation();
            var view = store.view();
            work(store, mutation, view, 200_000);
            long before = threads.getCurrentThreadAllocatedBytes();
            work(store, mutation, view, 200_000);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < 20_000, "allocated=" + allocated);
        }
    }

    private void work(Store store, Mutation mutation, ItemView view, int operations) {
        var random = new SplittableRandom(operations);
        for (int i = 0; i < operations; i++) {
            int number = random.nextInt(40_000);
            switch (i & 7) {
                case 0, 1, 2 -> set(store, mutation, number, number % 200,
                        number % 5 == 0 ? 2 + number % 1_000 : 0);
                case 3 -> {
                    key(number);
                    mutation.begin(store.hash(key, KEY_BYTES), key, KEY_BYTES, 1);
                    if (mutation.exists()) {
                        mutation.remove();
                    }
                    mutation.end();
                }
                default -> get(store, view, number);
            }
            if (i % 10_000 == 0) {
                store.tick(1);
                store.maintain(0, 1, 1);
            }
        }
    }

    /** Long values leave one by one, and the newest is always there. */
    @ParameterizedTest
    @ValueSource(ints = {8, 64})
    void longValuesAreEvictedOneByOne(int mebibytes) {
        var config = StoreConfig.defaults()
                .withLimit((long) mebibytes * MIB)
                .withMaxItem(MIB)
                .withConcurrency(1);
        try (var store = Store.open(config)) {
            var client = new StoreClient(store);
            for (int i = 0; i < 200; i++) {
                assertTrue(client.set("key" + i, new byte[MIB - 5_000 - i], 0, 0) > 0);
                assertNotNull(client.get("key" + i), "i=" + i);
                long items = store.statistics(1).items();
                assertTrue(items >= Math.min(i + 1, mebibytes - 2 - mebibytes / 16),
                        "i=" + i + " items=" + items);
            }
            StoreAudit.check(store, 0);
        }
    }

    @Test
    void valuesUpToAGibibyteAreKept() {
        var config = StoreConfig.defaults().withLimit(2300L * MIB).withMaxItem(1L << 30);
        try (var store = Store.open(config)) {
            int partBytes = 1 << 20;
            long part = Arena.global().allocate(partBytes, 8).address();
            for (long bytes : new long[] {1L << 30}) {
                try (var upload = store.upload(bytes)) {
                    assertNotNull(upload);
                    for (int i = 0; upload.remaining() > 0; i++) {
                        Memory.putLong(part, i);
                        assertTrue(
                                upload.append(part, (int) Math.min(partBytes, upload.remaining())));
                    }
                    key(7);
                    var mutation = store.mutation();
                    mutation.begin(store.hash(key, KEY_BYTES), key, KEY_BYTES, 1);
                    assertTrue(mutation.attach(upload, 1, 0));
                    mutation.commit(0);
                    mutation.end();
                }
                var view = store.view();
                assertTrue(view.find(store.hash(key, KEY_BYTES), key, KEY_BYTES, 1));
                assertEquals(bytes, view.valueBytes());
                try (var stream = view.pin()) {
                    assertNotNull(stream);
                    long passed = 0;
                    while (stream.remaining() > 0) {
                        if (passed % partBytes == 0) {
                            assertEquals(passed / partBytes, Memory.getLong(stream.partAddress()));
                        }
                        int step = stream.partBytes();
                        passed += step;
                        stream.advance(step);
                    }
                    assertEquals(bytes, passed);
                }
            }
            StoreAudit.check(store, 0);
        }
    }

    /** What uploads and removed values that are still being sent hold is bounded. */
    @Test
    void uploadsHoldAQuarterAtMost() {
        try (var store = Store.open(StoreConfig.defaults().withLimit(16 * MIB).withMaxItem(MIB))) {
            var client = new StoreClient(store);
            var uploads = new ArrayList<Upload>();
            for (var upload = client.upload(new byte[MIB]); upload != null;
                    upload = client.upload(new byte[MIB])) {
                uploads.add(upload);
            }
            assertEquals(4, uploads.size());
            client.set("key", new byte[100], 0, 0);
            assertNotNull(client.get("key"));
            uploads.forEach(Upload::close);
            StoreAudit.check(store, 0);
            for (int i = 0; i < 10; i++) {
                assertTrue(client.set("key" + i, new byte[MIB], 0, 0) > 0);
            }
            var streams = new ArrayList<AutoCloseable>();
            for (int i = 0; i < 10; i++) {
                var stream = client.pin("key" + i);
                if (stream != null) {
                    streams.add(stream);
                    assertTrue(client.delete("key" + i));
                }
            }
            assertTrue(streams.size() > 4, "streams=" + streams.size());
            assertNull(client.upload(new byte[MIB]));
            streams.forEach(StoreMemoryTest::close);
            assertTrue(client.set("key", new byte[MIB], 0, 0) > 0);
            StoreAudit.check(store, 0);
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
