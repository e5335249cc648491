package io.ringtail.server.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.ValueStream;
import io.ringtail.server.store.StoreConfig.Eviction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random operations on a store and on a plain map, compared after every step; the listener tells
 * the map what was evicted, so that the two must agree exactly. Seeds are in the test's name.
 */
final class StoreModelTest {
    private static final int STEPS = 50_000;
    private static final int AUDIT_INTERVAL = 1_000;

    /** What the map knows of an item. */
    private record Expected(byte[] value, int clientFlags, int exptime, long cas, boolean stale,
            boolean winSent, boolean binaryKey, int storedAt) {
        boolean isLive(int now) {
            return exptime == 0 || exptime > now;
        }
    }

    /** A value that is being read while it may be replaced. */
    private record Pinned(ValueStream stream, byte[] value) {}

    record Setting(String name, StoreConfig config, int keys, int maxValue, int largeEvery,
            long seed) {
        /** Steps cost more where there is more to compare. */
        int steps() {
            return config.limitBytes() > 8 << 20 ? STEPS / 2 : STEPS;
        }

        @Override
        public String toString() {
            return name + " seed=" + seed;
        }
    }

    static Stream<Setting> settings() {
        var small = StoreConfig.defaults().withLimit(1 << 20);
        var large = StoreConfig.defaults().withLimit(64 << 20);
        return Stream.of(new Setting("tiny s3fifo", small, 10_000, 600, 0, 1),
                new Setting("tiny lru", small.withEviction(Eviction.LRU, true), 10_000, 600, 0, 2),
                new Setting("tiny with long values", small, 400, 1_500, 20, 3),
                new Setting("tiny lru with long values", small.withEviction(Eviction.LRU, true),
                        400, 1_500, 20, 4),
                new Setting("tiny without eviction", small.withEviction(Eviction.S3FIFO, false),
                        2_500, 700, 60, 5),
                new Setting("tiny without cas", small.withItemFields(false, false), 20_000, 300, 0,
                        6),
                new Setting("tiny with versions", small.withItemFields(true, true), 3_000, 300, 50,
                        7),
                new Setting("many small", small, 300_000, 10, 0, 8),
                new Setting("medium", small.withLimit(4 << 20), 20_000, 1_500, 200, 9),
                new Setting("large", large.withConcurrency(4), 50_000, 4_000, 25, 10), new Setting(
                        "large with one shard", large.withConcurrency(1), 5_000, 20_000, 50, 11));
    }

    private Setting setting;
    private Store store;
    private StoreClient client;
    private Random random;
    private final Map<String, Expected> model = new HashMap<>();
    private final List<Pinned> pinned = new ArrayList<>();
    private int flushAt;
    private long evictions;
    private long lastCas;

    @ParameterizedTest
    @MethodSource("settings")
    void behavesLikeAMap(Setting chosen) {
        setting = chosen;
        random = new Random(chosen.seed());
        store = Store.open(chosen.config());
        client = new StoreClient(store);
        store.listener((item, now) -> {
            evictions++;
            var key = Memory.latin1(item.keyAddress(), item.keyBytes());
            assertNotNull(model.remove(key), key);
        });
        try {
            for (int step = 0; step < chosen.steps(); step++) {
                step();
                if (step % AUDIT_INTERVAL == 0) {
                    compareAll();
                }
            }
            while (!pinned.isEmpty()) {
                finishReading();
            }
            compareAll();
            StoreAudit.check(store, 0);
        } finally {
            store.close();
        }
    }

    private void step() {
        String key = key();
        switch (random.nextInt(40)) {
            case 0, 1, 2 -> delete(key);
            case 3, 4, 5 -> touch(key);
            case 6 -> marks(key);
            case 7 -> setCas(key);
            case 8 -> append(key);
            case 9 -> abandon(key);
            case 10 -> startReading(key);
            case 11, 12 -> finishReading();
            case 13 -> passTime();
            case 14 -> rarely(key);
            case 15, 16, 17, 18, 19, 20 -> compare(key());
            default -> set(key);
        }
        compare(key);
    }

    private String key() {
        // Squared, so that some keys are much more frequent than others.
        double popularity = random.nextDouble();
        int number = (int) (popularity * popularity * setting.keys());
        return (number % 7 == 0 ? "a somewhat longer key, as URLs are: " : "k") + number;
    }

    private byte[] value() {
        int length;
        if (setting.largeEvery() > 0 && random.nextInt(setting.largeEvery()) == 0) {
            length = random.nextInt(
                    (int) Math.min(store.maxItemBytes(), setting.config().limitBytes() / 8));
        } else {
            length = random.nextInt(setting.maxValue());
        }
        var value = new byte[length];
        random.nextBytes(value);
        return value;
    }

    private int exptime() {
        return switch (random.nextInt(10)) {
            case 0 -> client.now + 1 + random.nextInt(20);
            case 1 -> client.now + 1 + random.nextInt(100_000);
            case 2 -> random.nextInt(client.now + 1);
            default -> 0;
        };
    }

    private void set(String key) {
        var value = value();
        int clientFlags = random.nextBoolean() ? 0 : random.nextInt();
        int exptime = exptime();
        long cas = client.set(key, value, clientFlags, exptime);
        if (cas >= 0) {
            given(0, cas);
            model.put(key, new Expected(value, clientFlags, exptime, cas, false, false, false,
                    client.now));
        } else {
            refused();
        }
    }

    int refusals;

    private void refused() {
        refusals++;
        assertTrue(!setting.config().evictionAllowed(), "refused although eviction is allowed");
    }

    private void delete(String key) {
        var expected = model.get(key);
        assertEquals(expected != null && expected.isLive(client.now), client.delete(key));
        model.remove(key);
    }

    private void touch(String key) {
        int exptime = exptime();
        var expected = live(key);
        var touched = client.touch(key, exptime);
        if (expected == null) {
            assertNull(touched);
        } else if (Boolean.TRUE.equals(touched)) {
            model.put(key, new Expected(expected.value, expected.clientFlags, exptime, expected.cas,
                    expected.stale, expected.winSent, expected.binaryKey, expected.storedAt));
        } else {
            refused();
        }
    }

    private void marks(String key) {
        var expected = live(key);
        var mutation = client.begin(key);
        assertEquals(expected != null, mutation.exists());
        if (expected != null) {
            boolean stale = random.nextBoolean();
            mutation.stale(stale);
            mutation.winSent(!stale);
            mutation.binaryKey(stale);
            mutation.markRead();
            model.put(key, new Expected(expected.value, expected.clientFlags, expected.exptime,
                    expected.cas, stale, !stale, stale, expected.storedAt));
        }
        mutation.end();
    }

    private void setCas(String key) {
        var expected = live(key);
        var mutation = client.begin(key);
        if (expected != null) {
            long explicit = explicitCas();
            long cas = given(explicit, mutation.cas(explicit));
            model.put(key, new Expected(expected.value, expected.clientFlags, expected.exptime, cas,
                    expected.stale, expected.winSent, expected.binaryKey, expected.storedAt));
        }
        mutation.end();
    }

    /** Reads the present item while the next one is written. */
    private void append(String key) {
        var expected = live(key);
        var mutation = client.begin(key);
        try {
            if (expected == null || mutation.chained()
                    || mutation.valueBytes() + 3 > store.inlineLimit()) {
                return;
            }
            int before = (int) mutation.valueBytes();
            int clientFlags = mutation.clientFlags();
            int exptime = mutation.exptime();
            long address = mutation.allocate(before + 3, clientFlags, exptime);
            if (address == 0) {
                refused();
                return;
            }
            Memory.copy(mutation.inlineAddress(), address, before);
            Memory.putByte(address + before, (byte) 1);
            Memory.putShort(address + before + 1, (short) 0x302);
            mutation.binaryKey(true);
            long explicit = explicitCas();
            long cas = given(explicit, mutation.commit(explicit));
            var value = java.util.Arrays.copyOf(expected.value, before + 3);
            value[before] = 1;
            value[before + 1] = 2;
            value[before + 2] = 3;
            model.put(key,
                    new Expected(value, clientFlags, exptime, cas, false, false, true, client.now));
        } finally {
            mutation.end();
        }
    }

    /** Writes that do not come to an end. */
    private void abandon(String key) {
        var value = value();
        if (random.nextBoolean()) {
            var mutation = client.begin(key);
            if (!mutation.exists()) {
                model.remove(key);
            }
            if (mutation.allocate(Math.min(value.length, store.inlineLimit()), 1, exptime()) == 0) {
                refused();
            }
            mutation.end();
        } else {
            var upload = client.upload(value);
            if (upload == null) {
                refused();
            } else {
                upload.close();
            }
        }
    }

    private void startReading(String key) {
        var expected = live(key);
        if (expected == null || pinned.size() > 3) {
            return;
        }
        var stream = client.pin(key);
        if (stream != null) {
            pinned.add(new Pinned(stream, expected.value));
        }
    }

    private void finishReading() {
        if (!pinned.isEmpty()) {
            var finished = pinned.remove(random.nextInt(pinned.size()));
            assertArrayEquals(finished.value, StoreClient.readAll(finished.stream));
            finished.stream.close();
        }
    }

    private void passTime() {
        client.now += random.nextInt(200) == 0 ? random.nextInt(5_000) : 1;
        store.tick(client.now);
        if (flushAt != 0 && flushAt <= client.now) {
            model.clear();
            flushAt = 0;
        }
        store.maintain(0, 1, client.now);
    }

    private void rarely(String key) {
        switch (random.nextInt(1000)) {
            case 0 -> {
                store.flush(0, client.now);
                model.clear();
                flushAt = 0;
            }
            case 1 -> {
                flushAt = client.now + 1 + random.nextInt(5);
                store.flush(flushAt, client.now);
            }
            case 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 -> resize();
            case 15, 16, 17, 18 -> skipCasUniques();
            default -> compare(key);
        }
    }

    /** As if so many items had been stored that four bytes no longer tell them apart. */
    private void skipCasUniques() {
        var shard = store.core().shard(random.nextInt(store.core().shards()));
        shard.lock();
        shard.uniques().skip(random.nextLong(1L << 29 + random.nextInt(6)));
        shard.unlock();
    }

    private long explicitCas() {
        return switch (random.nextInt(4)) {
            case 0 -> 1 + random.nextInt(1000);
            case 1 -> random.nextLong() | 1;
            default -> 0;
        };
    }

    /** A store of one shard gives growing CAS uniques, but where a certain one was asked for. */
    private long given(long explicit, long cas) {
        if (explicit != 0) {
            assertEquals(setting.config().casEnabled() ? explicit : 0, cas);
        } else if (store.core().shards() == 1 && setting.config().casEnabled()) {
            assertTrue(cas > lastCas, "cas=" + cas + " last=" + lastCas);
            lastCas = cas;
        }
        return cas;
    }

    private void resize() {
        long limit = setting.config().limitBytes() * (8 + random.nextInt(5)) / 8;
        if (store.resize(limit)) {
            assertEquals(limit, store.limitBytes());
            for (int i = 0; i < 1_000 && store.statistics(client.now).memoryBytes() > limit; i++) {
                store.maintain(0, 1, client.now);
            }
            var statistics = store.statistics(client.now);
            assertTrue(statistics.memoryBytes() <= limit, statistics.toString());
        } else {
            refused();
        }
    }

    @Nullable
    private Expected live(String key) {
        var expected = model.get(key);
        return expected != null && expected.isLive(client.now) ? expected : null;
    }

    private void compare(String key) {
        var expected = live(key);
        var item = client.get(key);
        if (expected == null) {
            assertNull(item, key);
            return;
        }
        assertNotNull(item, key);
        assertArrayEquals(expected.value, item.value());
        assertEquals(expected.clientFlags, item.clientFlags());
        assertEquals(expected.exptime, item.exptime());
        assertEquals(expected.cas, item.cas());
        assertEquals(expected.stale, client.view().stale());
        assertEquals(expected.winSent, client.view().winSent());
        assertEquals(expected.binaryKey, client.view().binaryKey());
    }

    private void compareAll() {
        Set<String> expected = new HashSet<>();
        model.forEach((key, value) -> {
            if (value.isLive(client.now)) {
                expected.add(key);
            }
        });
        Set<String> seen = new HashSet<>();
        var scan = store.scan();
        boolean more = true;
        while (more) {
            more = scan.next(item -> seen.add(Memory.latin1(item.keyAddress(), item.keyBytes())),
                    100, client.now);
        }
        assertEquals(expected, seen);
        var statistics = store.statistics(client.now);
        assertEquals(evictions, statistics.sum(each -> each.counters().evicted()));
        assertTrue(statistics.items() >= expected.size());
        if (pinned.isEmpty()) {
            StoreAudit.check(store, 0);
        }
    }
}
