package io.ringtail.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.server.store.StoreConfig.Eviction;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Miss ratios on synthetic traces, against simulators of the textbook algorithms that hold as many
 * items as the store did.
 */
final class EvictionSimulationTest {
    private static final int REQUESTS = 600_000;
    private static final int VALUE_BYTES = 100;
    private static final double TOLERANCE = 0.01;

    /** Numbers of the keys that are asked for in turn. */
    record Trace(String name, int[] keys) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Trace> traces() {
        return Stream.of(new Trace("zipf 0.8", zipf(0.8, 500_000, 1)),
                new Trace("zipf 1.0", zipf(1.0, 500_000, 2)),
                new Trace("zipf 1.2", zipf(1.2, 500_000, 3)),
                new Trace("zipf with scans", withScans(zipf(1.0, 200_000, 4))),
                new Trace("drifting zipf", drifting(zipf(0.9, 100_000, 5))),
                new Trace("one-hit wonders", withOneHitWonders(zipf(0.9, 100_000, 6))),
                new Trace("loop and zipf", withLoop(zipf(0.9, 100_000, 7), 60_000)),
                new Trace("uniform", uniform(100_000, 8)));
    }

    private static int[] zipf(double exponent, int keys, long seed) {
        var cumulated = new double[keys];
        double sum = 0;
        for (int i = 0; i < keys; i++) {
            sum += 1 / Math.pow(i + 1, exponent);
            cumulated[i] = sum;
        }
        var random = new SplittableRandom(seed);
        var trace = new int[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            int found = java.util.Arrays.binarySearch(cumulated, random.nextDouble() * sum);
            trace[i] = found < 0 ? -found - 1 : found;
        }
        return trace;
    }

    private static int[] withScans(int[] trace) {
        for (int start = 50_000; start < trace.length; start += 100_000) {
            for (int i = 0; i < 30_000 && start + i < trace.length; i++) {
                trace[start + i] = 1_000_000 + start + i;
            }
        }
        return trace;
    }

    private static int[] drifting(int[] trace) {
        for (int i = 0; i < trace.length; i++) {
            trace[i] += i / 20_000 * 5_000;
        }
        return trace;
    }

    private static int[] withOneHitWonders(int[] trace) {
        for (int i = 0; i < trace.length; i += 2) {
            trace[i] = 1_000_000 + i;
        }
        return trace;
    }

    private static int[] withLoop(int[] trace, int length) {
        for (int i = 0; i < trace.length; i += 3) {
            trace[i] = 1_000_000 + i / 3 % length;
        }
        return trace;
    }

    private static int[] uniform(int keys, long seed) {
        var random = new SplittableRandom(seed);
        var trace = new int[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            trace[i] = random.nextInt(keys);
        }
        return trace;
    }

    /** A cache that holds keys: true for a hit, and a miss takes the key in. */
    private interface Cache {
        boolean request(int key);
    }

    /**
     * S3-FIFO with a probation queue that grows when keys come back soon after they left it, and
     * shrinks when they come back to the main queue.
     */
    private static final class S3Fifo implements Cache {
        /** A key that left a queue as the {@code number}th to leave any. */
        private record Ghost(boolean fromMain, long number) {}

        private static final double FRESH = 0.2;
        private static final double GAIN = 8;

        private final int capacity;
        private final Map<Integer, Integer> frequencies = new HashMap<>();
        private final ArrayDeque<Integer> probation = new ArrayDeque<>();
        private final ArrayDeque<Integer> main = new ArrayDeque<>();
        private final LinkedHashMap<Integer, Ghost> ghosts = new LinkedHashMap<>();
        private long left;
        private int mainGhosts;
        private double share = 0.1;

        S3Fifo(int capacity) {
            this.capacity = capacity;
        }

        @Override
        public boolean request(int key) {
            if (frequencies.computeIfPresent(key, (k, frequency) -> Math.min(2, frequency + 1))
                    != null) {
                return true;
            }
            var ghost = takeGhost(key);
            boolean filling = probation.size() + main.size() < capacity;
            while (probation.size() + main.size() >= capacity) {
                if (probation.size() > share * capacity) {
                    evictProbation();
                } else {
                    evictMain();
                }
            }
            frequencies.put(key, 0);
            if (ghost != null && !ghost.fromMain
                    || filling && probation.size() >= share * capacity) {
                main.addLast(key);
            } else {
                probation.addLast(key);
            }
            return false;
        }

        private Ghost takeGhost(int key) {
            var ghost = ghosts.get(key);
            if (ghost == null) {
                return null;
            }
            if (left - ghost.number < FRESH * capacity) {
                double others = ghost.fromMain ? ghosts.size() - mainGhosts : mainGhosts;
                double same = ghosts.size() - others;
                double change = GAIN * Math.clamp(others / same, 1, 64) / capacity;
                share = Math.clamp(ghost.fromMain ? share - change : share + change, 0.05, 0.9);
            }
            forget(key);
            return ghost;
        }

        private void forget(int key) {
            mainGhosts -= ghosts.remove(key).fromMain ? 1 : 0;
        }

        private void remember(int key, boolean fromMain) {
            ghosts.put(key, new Ghost(fromMain, left++));
            mainGhosts += fromMain ? 1 : 0;
            if (ghosts.size() > capacity) {
                forget(ghosts.firstEntry().getKey());
            }
        }

        private void evictProbation() {
            int key = probation.removeFirst();
            if (frequencies.get(key) > 0) {
                frequencies.put(key, 0);
                main.addLast(key);
            } else {
                frequencies.remove(key);
                remember(key, false);
            }
        }

        private void evictMain() {
            while (true) {
                int key = main.removeFirst();
                int frequency = frequencies.get(key);
                if (frequency == 0) {
                    frequencies.remove(key);
                    remember(key, true);
                    return;
                }
                frequencies.put(key, frequency >> 1);
                main.addLast(key);
            }
        }
    }

    private static final class Lru implements Cache {
        private final int capacity;
        private final LinkedHashMap<Integer, Boolean> keys = new LinkedHashMap<>(16, 0.75f, true);

        Lru(int capacity) {
            this.capacity = capacity;
        }

        @Override
        public boolean request(int key) {
            if (keys.get(key) != null) {
                return true;
            }
            keys.put(key, true);
            if (keys.size() > capacity) {
                keys.pollFirstEntry();
            }
            return false;
        }
    }

    /** LRU in its second-chance form. */
    private static final class Clock implements Cache {
        private final int capacity;
        private final Map<Integer, Boolean> read = new HashMap<>();
        private final ArrayDeque<Integer> queue = new ArrayDeque<>();

        Clock(int capacity) {
            this.capacity = capacity;
        }

        @Override
        public boolean request(int key) {
            if (read.computeIfPresent(key, (k, seen) -> true) != null) {
                return true;
            }
            while (queue.size() >= capacity) {
                int oldest = queue.removeFirst();
                if (read.get(oldest)) {
                    read.put(oldest, false);
                    queue.addLast(oldest);
                } else {
                    read.remove(oldest);
                }
            }
            read.put(key, false);
            queue.addLast(key);
            return false;
        }
    }

    private static final class StoreCache implements Cache {
        private final ItemView view;
        private final Mutation mutation;
        private final Store store;
        private final long key = Arena.global().allocate(8, 8).address();

        StoreCache(Store store) {
            this.store = store;
            this.view = store.view();
            this.mutation = store.mutation();
        }

        @Override
        public boolean request(int number) {
            Memory.putLong(key, number);
            long hash = store.hash(key, 8);
            if (view.find(hash, key, 8, 1)) {
                view.markRead(1);
                return true;
            }
            mutation.begin(hash, key, 8, 1);
            mutation.allocate(VALUE_BYTES, 0, 0);
            mutation.commit(0);
            mutation.end();
            return false;
        }
    }

    private static double missRatio(Cache cache, Trace trace) {
        int misses = 0;
        for (int key : trace.keys) {
            misses += cache.request(key) ? 0 : 1;
        }
        return (double) misses / trace.keys.length;
    }

    @ParameterizedTest
    @MethodSource("traces")
    void s3fifoMissesAsOftenAsItsSimulation(Trace trace) {
        compare(Eviction.S3FIFO, trace);
    }

    @ParameterizedTest
    @MethodSource("traces")
    void lruMissesAsOftenAsItsSimulation(Trace trace) {
        compare(Eviction.LRU, trace);
    }

    private static void compare(Eviction eviction, Trace trace) {
        var config = StoreConfig.defaults()
                .withLimit(4 << 20)
                .withEviction(eviction, true)
                .withConcurrency(1);
        try (var store = Store.open(config)) {
            double measured = missRatio(new StoreCache(store), trace);
            int capacity = (int) store.statistics(1).items();
            var simulation = eviction == Eviction.LRU ? new Clock(capacity) : new S3Fifo(capacity);
            double expected = missRatio(simulation, trace);
            System.out.printf("%s %-16s items=%d store=%.4f simulation=%.4f lru=%.4f%n", eviction,
                    trace, capacity, measured, expected, missRatio(new Lru(capacity), trace));
            assertEquals(expected, measured, TOLERANCE);
        }
    }
}
