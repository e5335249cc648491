package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;

/**
 * What get and set cost one thread, in its own processor time, and how many items fit: a plain
 * program, without JMH. Arguments: MiB, number of keys, rounds; or "density", "churn" or "large",
 * MiB, writers.
 */
final class StoreBenchmark {
    private static final int KEY_BYTES = 10;
    private static final int VALUE_BYTES = 100;
    private static final int LARGE_KEYS = 200_000;
    private static final int LARGE_STEPS = 200_000;

    private final Store store;
    private final ItemView view;
    private final Mutation mutation;
    private final long key = Arena.global().allocate(16, 8).address();
    private final long value = Arena.global().allocate(1 << 10, 8).address();
    private final SplittableRandom random = new SplittableRandom(1);

    private StoreBenchmark(Store store) {
        this.store = store;
        this.view = store.view();
        this.mutation = store.mutation();
    }

    public static void main(String[] arguments) {
        boolean churn = arguments[0].equals("churn");
        boolean large = arguments[0].equals("large");
        boolean density = churn || large || arguments[0].equals("density");
        long limit = Long.parseLong(arguments[density ? 1 : 0]) << 20;
        int writers = density ? Integer.parseInt(arguments[2]) : 1;
        try (var store =
                Store.open(StoreConfig.defaults().withLimit(limit).withConcurrency(writers))) {
            var benchmark = new StoreBenchmark(store);
            if (large) {
                benchmark.large(limit);
            } else if (churn) {
                benchmark.churn(limit);
            } else if (density) {
                benchmark.density(limit);
            } else {
                benchmark.times(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            }
        }
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void key(int number) {
        int rest = number;
        Memory.putByte(key, (byte) 'k');
        for (int at = KEY_BYTES - 1; at > 0; at--) {
            Memory.putByte(key + at, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    private void set(int number) {
        set(number, VALUE_BYTES);
    }

    private void set(int number, int valueBytes) {
        key(number);
        mutation.begin(store.hash(key, KEY_BYTES), key, KEY_BYTES, 1);
        long to = mutation.allocate(valueBytes, 0, 0);
        Memory.copy(value, to, valueBytes);
        mutation.commit(0);
        mutation.end();
    }

    private void delete(int number) {
        key(number);
        mutation.begin(store.hash(key, KEY_BYTES), key, KEY_BYTES, 1);
        if (mutation.exists()) {
            mutation.remove();
        }
        mutation.end();
    }

    private boolean get(int number) {
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

    private void times(int keys, int rounds) {
        for (int round = 0; round < rounds; round++) {
            long start = processorNanos();
            for (int i = 0; i < keys; i++) {
                set(random.nextInt(keys));
            }
            long afterSets = processorNanos();
            int hits = 0;
            for (int i = 0; i < keys; i++) {
                hits += get(random.nextInt(keys)) ? 1 : 0;
            }
            long afterGets = processorNanos();
            System.out.printf("set %d ns, get %d ns, hits %d of %d%n", (afterSets - start) / keys,
                    (afterGets - afterSets) / keys, hits, keys);
        }
    }

    private void density(long limit) {
        int stored = 0;
        while (evictions() == 0) {
            for (int i = 0; i < 1_000; i++) {
                set(stored++);
            }
        }
        long items = report("full", limit);
        for (int capacity = 1; capacity <= 5; capacity++) {
            for (long i = 0; i < items; i++) {
                set(random.nextInt((int) (items * 1.3)));
            }
            report("overwritten " + capacity, limit);
        }
    }

    /**
     * Values of 50 to 500 bytes: three sets in ten overwrite one of the newer keys with another
     * length, and each tenth operation deletes one.
     */
    private void churn(long limit) {
        int stored = 0;
        while (evictions() == 0) {
            set(stored++, 50 + random.nextInt(451));
        }
        long items = report("full", limit);
        for (int capacity = 1; capacity <= 5; capacity++) {
            for (long i = 0; i < items; i++) {
                int newer = stored - 1 - random.nextInt((int) (items * 0.8));
                if (random.nextInt(10) == 0) {
                    delete(newer);
                }
                set(random.nextInt(10) < 3 ? newer : stored++, 50 + random.nextInt(451));
            }
            report("churned " + capacity, limit);
        }
    }

    /** Values of some 9 KB, read and stored where they are missing, popular ones more often. */
    private void large(long limit) {
        var client = new StoreClient(store);
        for (int round = 1; round <= 5; round++) {
            int misses = 0;
            for (int i = 0; i < LARGE_STEPS; i++) {
                int number = (int) Math.exp(random.nextDouble() * Math.log(LARGE_KEYS));
                boolean missed = client.get("key" + number) == null;
                misses += missed ? 1 : 0;
                if (missed || random.nextInt(10) == 0) {
                    client.set("key" + number, new byte[largeBytes(number)], 0, 0);
                }
            }
            long items = report("round " + round, limit);
            var segments = store.core().blocks().segments();
            int blockBytes = store.inlineLimit();
            System.out.printf("  misses %d, blocks %d used %d free, of %d bytes, %.1f an item%n",
                    misses, segments.used(), segments.free(), blockBytes,
                    (double) segments.used() * blockBytes / items);
        }
    }

    private static int largeBytes(int number) {
        double gaussian = new SplittableRandom(number).nextGaussian();
        return (int) Math.min(9213 * Math.exp(0.7 * gaussian - 0.7 * 0.7 / 2), 500_000);
    }

    private long evictions() {
        return store.statistics(1).sum(each -> each.counters().evicted());
    }

    private long report(String state, long limit) {
        long items = store.statistics(1).items();
        long holes = 0;
        long live = 0;
        long table = store.core().pool().tableBytes();
        for (int i = 0; i < store.core().shards(); i++) {
            holes += store.core().shard(i).log().holeBytes();
            live += store.core().shard(i).log().liveBytes();
        }
        System.out.printf("%s: %d items, %.1f bytes each: %.1f records, %.1f tables, %.1f holes%n",
                state, items, (double) limit / items, (double) live / items, (double) table / items,
                (double) holes / items);
        return items;
    }
}
