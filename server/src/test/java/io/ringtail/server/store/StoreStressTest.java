package io.ringtail.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.server.store.StoreConfig.Eviction;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many threads on one store. Each value tells its key, its length and its turn, and is filled with
 * what follows from them, so that a torn or foreign value shows; turns of a key never go backwards.
 */
final class StoreStressTest {
    private static final int HEADER_BYTES = 16;
    private static final int KEY_BYTES = 8;
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(60);

    record Setting(String name, StoreConfig config, int keys, int maxValue, int largeEvery,
            int operations) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Setting> settings() {
        var tiny = StoreConfig.defaults().withLimit(1 << 20).withConcurrency(3);
        var medium = StoreConfig.defaults().withLimit(32 << 20).withConcurrency(3);
        return Stream.of(new Setting("tiny", tiny, 4_000, 400, 0, 300_000),
                new Setting("tiny lru", tiny.withEviction(Eviction.LRU, true), 4_000, 400, 0,
                        300_000),
                new Setting("few keys", tiny, 10, 100, 0, 500_000),
                new Setting("tiny with long values", tiny, 300, 900, 10, 100_000),
                new Setting("few long values", tiny, 2, 5_000, 0, 150_000),
                new Setting("two shards", medium, 30_000, 1_500, 100, 200_000),
                new Setting("without eviction", tiny.withEviction(Eviction.S3FIFO, false), 2_000,
                        600, 100, 200_000));
    }

    /** One thread's buffers and operations. */
    private static final class Actor {
        private final Store store;
        private final Setting setting;
        private final ItemView view;
        private final Mutation mutation;
        private final long key = Arena.global().allocate(16, 8).address();
        private final long buffer;
        private final SplittableRandom random;
        private final int[] turnsSeen;
        private int hits;

        Actor(Store store, Setting setting, long seed) {
            this.store = store;
            this.setting = setting;
            this.view = store.view();
            this.mutation = store.mutation();
            this.buffer = Arena.global().allocate(1 << 20, 8).address();
            this.random = new SplittableRandom(seed);
            this.turnsSeen = new int[setting.keys()];
        }

        private long hash(int number) {
            Memory.putLong(key, number * 0x9E3779B97F4A7C15L);
            return store.hash(key, KEY_BYTES);
        }

        private int fill(int number, int turn) {
            int length = HEADER_BYTES
                    + (setting.largeEvery() > 0 && random.nextInt(setting.largeEvery()) == 0
                            ? random.nextInt((int) Math.min(store.maxItemBytes() / 4, 200_000))
                            : random.nextInt(setting.maxValue()));
            Memory.putInt(buffer, number);
            Memory.putInt(buffer + 4, turn);
            Memory.putInt(buffer + 8, length);
            Memory.putInt(buffer + 12, 0);
            for (int at = HEADER_BYTES; at < length; at++) {
                Memory.putByte(buffer + at, filler(number, turn, at));
            }
            return length;
        }

        private static byte filler(int number, int turn, int at) {
            return (byte) (number * 31 + turn * 7 + at * 13 + (at >>> 8));
        }

        void check(int number, long bytes, int clientFlags) {
            assertTrue(bytes >= HEADER_BYTES, "bytes=" + bytes);
            int turn = Memory.getInt(buffer + 4);
            assertEquals(number, Memory.getInt(buffer));
            assertEquals(bytes, Memory.getInt(buffer + 8));
            assertEquals(turn, clientFlags);
            for (int at = HEADER_BYTES; at < bytes; at++) {
                if (Memory.getByte(buffer + at) != filler(number, turn, at)) {
                    throw new AssertionError("torn at=" + at + " of=" + bytes + " turn=" + turn);
                }
            }
            assertTrue(turn >= turnsSeen[number], "turn=" + turn + " seen=" + turnsSeen[number]);
            turnsSeen[number] = turn;
            hits++;
        }

        boolean read(int number) {
            long hash = hash(number);
            while (view.find(hash, key, KEY_BYTES, 1)) {
                long bytes = view.valueBytes();
                int clientFlags = view.clientFlags();
                if (view.chained()) {
                    try (var stream = view.pin()) {
                        if (stream == null) {
                            continue;
                        }
                        assertEquals(bytes, stream.remaining());
                        if (random.nextInt(4) == 0) {
                            Thread.yield();
                        }
                        long to = buffer;
                        while (stream.remaining() > 0) {
                            int part = stream.partBytes();
                            Memory.copy(stream.partAddress(), to, part);
                            to += part;
                            stream.advance(part);
                        }
                    }
                } else {
                    Memory.copy(view.inlineAddress(), buffer, bytes);
                    if (!view.isConsistent()) {
                        continue;
                    }
                }
                check(number, bytes, clientFlags);
                view.markRead(1);
                return true;
            }
            return false;
        }

        /** Only one thread writes a key, so that its turns are in order. */
        void write(int number, int turn) {
            int length = fill(number, turn);
            if (length > store.inlineLimit()) {
                writeLong(number, turn, length);
                return;
            }
            mutation.begin(hash(number), key, KEY_BYTES, 1);
            long address = mutation.allocate(length, turn,
                    random.nextInt(4) == 0 ? 1 + random.nextInt(100) : 0);
            if (address != 0) {
                Memory.copy(buffer, address, length);
                mutation.commit(0);
            } else if (mutation.exists()) {
                mutation.remove();
            }
            mutation.end();
        }

        private void writeLong(int number, int turn, int length) {
            try (var upload = store.upload(length)) {
                if (upload != null && upload.append(buffer, length)) {
                    mutation.begin(hash(number), key, KEY_BYTES, 1);
                    if (mutation.attach(upload, turn, 0)) {
                        mutation.commit(0);
                    }
                    mutation.end();
                }
            }
        }

        void remove(int number) {
            mutation.begin(hash(number), key, KEY_BYTES, 1);
            if (mutation.exists()) {
                mutation.remove();
            }
            mutation.end();
        }

        /** Makes an item last for ever. */
        void last(int number) {
            mutation.begin(hash(number), key, KEY_BYTES, 0);
            mutation.exptime(0);
            mutation.end();
        }

        void touch(int number) {
            mutation.begin(hash(number), key, KEY_BYTES, 1);
            if (mutation.exists()) {
                mutation.exptime(random.nextBoolean() ? 0 : 2 + random.nextInt(1_000));
            }
            mutation.end();
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void valuesAreNeverTorn(Setting setting) throws Exception {
        try (var store = Store.open(setting.config())) {
            runAll(List.of(writer(store, setting, 0, 2), writer(store, setting, 1, 2),
                    reader(store, setting, 7), reader(store, setting, 8), keeper(store, setting)));
            StoreAudit.check(store, 0);
        }
    }

    private static Callable<Integer> writer(Store store, Setting setting, int part, int parts) {
        return () -> {
            var actor = new Actor(store, setting, part);
            long end = System.nanoTime() + MAX_NANOS;
            for (int turn = 1; turn <= setting.operations() && System.nanoTime() < end; turn++) {
                int number = actor.random.nextInt(setting.keys() / parts) * parts + part;
                switch (actor.random.nextInt(10)) {
                    case 0 -> actor.remove(number);
                    case 1 -> actor.touch(number);
                    case 2, 3 -> actor.read(number);
                    default -> actor.write(number, turn);
                }
            }
            return 1;
        };
    }

    /** Reads on until something was there: writers may come to run only when it is done. */
    private static Callable<Integer> reader(Store store, Setting setting, long seed) {
        return () -> {
            var actor = new Actor(store, setting, seed);
            long end = System.nanoTime() + MAX_NANOS;
            for (int i = 0;
                    (i < setting.operations() || actor.hits == 0) && System.nanoTime() < end; i++) {
                actor.read(actor.random.nextInt(setting.keys()));
            }
            return actor.hits;
        };
    }

    private static Callable<Integer> keeper(Store store, Setting setting) {
        return () -> {
            long limit = setting.config().limitBytes();
            for (int round = 0; round < 100; round++) {
                store.maintain(0, 1, 1);
                if (round % 10 == 3) {
                    store.flush(0, 1);
                }
                if (setting.config().evictionAllowed()) {
                    store.resize(limit * (4 + round % 4) / 4);
                }
                store.scan().next(item -> assertEquals(KEY_BYTES, item.keyBytes()), 1_000, 1);
                var statistics = store.statistics(1);
                assertTrue(statistics.items() >= 0);
                Thread.yield();
                java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
            }
            return 1;
        };
    }

    /**
     * Keys that are always there are found at every moment, while others make the index grow and
     * shrink.
     */
    @Test
    void keysThatStayAreAlwaysFound() throws Exception {
        var setting = new Setting("lasting",
                StoreConfig.defaults().withLimit(64 << 20).withConcurrency(1), 3_000, 100, 0,
                300_000);
        try (var store = Store.open(setting.config())) {
            var actor = new Actor(store, setting, 0);
            for (int number = 0; number < setting.keys(); number++) {
                actor.write(number, 1);
                actor.last(number);
            }
            runAll(List.of(replacer(store, setting), growerAndShrinker(store),
                    finder(store, setting, 1), finder(store, setting, 2)));
            StoreAudit.check(store, 0);
        }
    }

    /**
     * The last line comes and goes without a pause, under readers of the keys that move each time.
     */
    @Test
    void keysAreFoundWhileTheirLineSplitsAndMerges() throws Exception {
        var setting = new Setting("moving",
                StoreConfig.defaults().withLimit(4 << 20).withConcurrency(1), 300, 20, 0, 0);
        try (var store = Store.open(setting.config())) {
            var actor = new Actor(store, setting, 0);
            var moving = new ArrayList<Integer>();
            for (int number = 0; number < setting.keys(); number++) {
                actor.write(number, 1);
                actor.last(number);
                long hash = actor.hash(number);
                if (IndexLines.lineOf(hash, 65) == 0 || IndexLines.lineOf(hash, 65) == 64) {
                    moving.add(number);
                }
            }
            assertTrue(moving.size() > 1, "moving=" + moving);
            runAll(List.of(splitterAndMerger(store), mover(store, setting, moving, 1),
                    mover(store, setting, moving, 2)));
            StoreAudit.check(store, 0);
        }
    }

    /**
     * Every other segment lies beyond the first 16 GiB, so that an entry changes in two parts when
     * its item is replaced.
     */
    @Test
    void entriesOfFarSegmentsAreSeenWhole() throws Exception {
        var setting =
                new Setting("far", StoreConfig.defaults().withLimit(40L << 30).withConcurrency(1),
                        200, 300, 0, 200_000);
        try (var store = Store.open(setting.config())) {
            var pool = store.core().pool();
            int segments = (int) ((20L << 30) / store.core().geometry().segmentBytes());
            var taken = new int[segments];
            for (int i = 0; i < segments; i++) {
                taken[i] = pool.take();
            }
            int mixed = 100;
            for (int i = 0; i < mixed; i++) {
                pool.release(taken[i]);
                pool.release(taken[segments - 1 - i]);
            }
            var farKeys = new Setting("far", setting.config(), 200, 300, 0, 200_000);
            var filler =
                    new Actor(store, new Setting("filler", setting.config(), 40_000, 400, 0, 0), 3);
            for (int number = 200; number < 40_000; number++) {
                filler.write(number, 1);
            }
            runAll(List.of(writer(store, farKeys, 0, 1), reader(store, farKeys, 7),
                    reader(store, farKeys, 8)));
            for (int i = mixed; i < segments - mixed; i++) {
                pool.release(taken[i]);
            }
            StoreAudit.check(store, 0);
        }
    }

    private static Callable<Integer> splitterAndMerger(Store store) {
        return () -> {
            var shard = store.core().shard(0);
            for (int i = 0; i < 1_000_000; i++) {
                shard.lock();
                assertTrue(
                        shard.index().lines() == IndexLines.INITIAL_LINES ? shard.growth().split()
                                : shard.growth().merge());
                shard.unlock();
            }
            return 1;
        };
    }

    private static Callable<Integer> mover(Store store, Setting setting, List<Integer> moving,
            long seed) {
        return () -> {
            var actor = new Actor(store, setting, seed);
            for (int i = 0; i < 3_000_000; i++) {
                int number = moving.get(i % moving.size());
                assertTrue(actor.view.find(actor.hash(number), actor.key, KEY_BYTES, 1),
                        "missed number=" + number);
            }
            return 1;
        };
    }

    private static Callable<Integer> replacer(Store store, Setting setting) {
        return () -> {
            var actor = new Actor(store, setting, 11);
            for (int turn = 2; turn < 300_000; turn++) {
                int number = actor.random.nextInt(setting.keys());
                actor.mutation.begin(actor.hash(number), actor.key, KEY_BYTES, 1);
                int length = actor.fill(number, turn);
                long address = actor.mutation.allocate(length, turn, 0);
                Memory.copy(actor.buffer, address, length);
                actor.mutation.commit(0);
                actor.mutation.end();
            }
            return 1;
        };
    }

    private static Callable<Integer> growerAndShrinker(Store store) {
        return () -> {
            var other = new Setting("others", StoreConfig.defaults(), 100_000, 50, 0, 0);
            var actor = new Actor(store, other, 12);
            for (int round = 0; round < 4; round++) {
                for (int number = 10_000; number < 60_000; number++) {
                    actor.write(number, round);
                }
                for (int number = 10_000; number < 60_000; number++) {
                    actor.remove(number);
                    if (number % 1_000 == 0) {
                        store.maintain(0, 1, 1);
                    }
                }
                for (int i = 0; i < 20; i++) {
                    store.maintain(0, 1, 1);
                }
            }
            return 1;
        };
    }

    private static Callable<Integer> finder(Store store, Setting setting, long seed) {
        return () -> {
            var actor = new Actor(store, setting, seed);
            for (int i = 0; i < 600_000; i++) {
                int number = actor.random.nextInt(setting.keys());
                assertTrue(actor.read(number),
                        "missed number=" + number + " " + actor.view.missReason());
            }
            return actor.hits;
        };
    }

    private static void runAll(List<Callable<Integer>> parts) throws Exception {
        try (var threads = Executors.newFixedThreadPool(parts.size())) {
            List<Future<Integer>> results = new ArrayList<>();
            for (var part : parts) {
                results.add(threads.submit(part));
            }
            for (var result : results) {
                assertTrue(result.get(600, TimeUnit.SECONDS) > 0);
            }
        }
    }
}
