package io.ringtail.server.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.loadgen.workload.KeyText;
import io.ringtail.loadgen.workload.Step;
import io.ringtail.loadgen.workload.Workload;
import io.ringtail.loadgen.workload.WorkloadShape;
import io.ringtail.loadgen.workload.Workloads;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.server.store.StoreConfig.Eviction;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The built-in workloads at a tenth of their size, against a simulation of segmented LRU (hot,
 * warm, cold: memcached's) that holds as many items as the store did.
 */
final class WorkloadSimulationTest {
    private static final int DIVISOR = 10;
    private static final int STEPS = 500_000;
    private static final int WARM_UP = STEPS / 3;
    private static final int STEPS_PER_SECOND = (int) WorkloadShape.STEPS_PER_SECOND / DIVISOR;
    private static final int START = 1_000;
    private static final double TOLERANCE = 0.002;

    /** A cache that is looked aside: true for a hit, and a miss is stored. */
    private interface Cache {
        boolean read(Step step, int now);

        void write(Step step, int now);
    }

    /**
     * New items are hot. At the end of the hot and of the warm list items that were read twice go
     * on to the warm list, others to the cold one, from whose end they leave.
     */
    private static final class SegmentedLru implements Cache {
        private static final double HOT_SHARE = 0.2;
        private static final double WARM_SHARE = 0.4;
        private static final int ACTIVE = 2;

        private static final class Item {
            private int exptime;
            private int reads;
            private LinkedHashMap<Long, Item> list;
        }

        private final int capacity;
        private final LinkedHashMap<Long, Item> hot = new LinkedHashMap<>();
        private final LinkedHashMap<Long, Item> warm = new LinkedHashMap<>();
        private final LinkedHashMap<Long, Item> cold = new LinkedHashMap<>();

        SegmentedLru(int capacity) {
            this.capacity = capacity;
        }

        private Item find(long key) {
            var item = hot.get(key);
            item = item == null ? warm.get(key) : item;
            return item == null ? cold.get(key) : item;
        }

        @Override
        public boolean read(Step step, int now) {
            var item = find(step.key());
            if (item == null || item.exptime != 0 && item.exptime <= now) {
                write(step, now);
                return false;
            }
            item.reads = Math.min(ACTIVE, item.reads + 1);
            if (item.reads == ACTIVE && item.list == cold) {
                move(step.key(), item, warm);
            }
            return true;
        }

        private static void move(long key, Item item, LinkedHashMap<Long, Item> to) {
            item.list.remove(key);
            item.reads = Math.min(1, item.reads);
            item.list = to;
            to.put(key, item);
        }

        @Override
        public void write(Step step, int now) {
            var item = find(step.key());
            if (item != null) {
                item.list.remove(step.key());
            }
            while (hot.size() + warm.size() + cold.size() >= capacity) {
                evict();
            }
            item = new Item();
            item.exptime = step.ttlSeconds() == 0 ? 0 : now + step.ttlSeconds();
            item.list = hot;
            hot.put(step.key(), item);
            trim(hot, HOT_SHARE);
            trim(warm, WARM_SHARE);
        }

        private void trim(LinkedHashMap<Long, Item> list, double share) {
            while (list.size() > share * capacity) {
                var oldest = list.firstEntry();
                var item = oldest.getValue();
                move(oldest.getKey(), item, item.reads == ACTIVE ? warm : cold);
            }
        }

        private void evict() {
            var list = cold.isEmpty() ? warm.isEmpty() ? hot : warm : cold;
            list.pollFirstEntry();
        }
    }

    private static final class StoreCache implements Cache {
        private final Store store;
        private final ItemView view;
        private final Mutation mutation;
        private final byte[] text = new byte[KeyText.MAX_BYTES];
        private final long key = Arena.global().allocate(KeyText.MAX_BYTES, 8).address();
        private final long value = Arena.global().allocate(1 << 16, 8).address();

        StoreCache(Store store) {
            this.store = store;
            this.view = store.view();
            this.mutation = store.mutation();
        }

        private long hash(Step step) {
            KeyText.write(step.key(), step.keyBytes(), text, 0);
            Memory.copyFrom(text, 0, key, step.keyBytes());
            return store.hash(key, step.keyBytes());
        }

        @Override
        public boolean read(Step step, int now) {
            if (view.find(hash(step), key, step.keyBytes(), now)) {
                view.markRead(now);
                return true;
            }
            write(step, now);
            return false;
        }

        @Override
        public void write(Step step, int now) {
            store.tick(now);
            long hash = hash(step);
            int exptime = step.ttlSeconds() == 0 ? 0 : now + step.ttlSeconds();
            if (step.valueBytes() > store.inlineLimit()) {
                upload(step, hash, exptime, now);
                return;
            }
            mutation.begin(hash, key, step.keyBytes(), now);
            mutation.allocate(step.valueBytes(), 0, exptime);
            mutation.commit(0);
            mutation.end();
        }

        private void upload(Step step, long hash, int exptime, int now) {
            try (var upload = store.upload(step.valueBytes())) {
                while (upload.remaining() > 0) {
                    upload.append(value, (int) Math.min(upload.remaining(), 1 << 16));
                }
                mutation.begin(hash, key, step.keyBytes(), now);
                mutation.attach(upload, 0, exptime);
                mutation.commit(0);
                mutation.end();
            }
        }
    }

    private static double missRatio(Cache cache, Workload workload) {
        var step = new Step();
        int reads = 0;
        int misses = 0;
        for (int i = 0; i < STEPS; i++) {
            workload.next(step);
            int now = START + i / STEPS_PER_SECOND;
            switch (step.operation()) {
                case READ -> {
                    boolean hit = cache.read(step, now);
                    reads += i < WARM_UP ? 0 : 1;
                    misses += i < WARM_UP || hit ? 0 : 1;
                }
                case WRITE -> cache.write(step, now);
                default -> throw new IllegalStateException("operation=" + step.operation());
            }
        }
        return (double) misses / reads;
    }

    static Stream<WorkloadShape> shapes() {
        return Workloads.all().stream().map(shape -> shape.dividedBy(DIVISOR));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void missesNoMoreOftenThanSegmentedLru(WorkloadShape shape) {
        var config = StoreConfig.defaults()
                .withLimit((64 << 20) / DIVISOR)
                .withConcurrency(1)
                .withEviction(Eviction.S3FIFO, true);
        try (var store = Store.open(config)) {
            double ours = missRatio(new StoreCache(store), shape.start(7));
            int items = (int) store.statistics(START + STEPS / STEPS_PER_SECOND).items();
            double theirs = missRatio(new SegmentedLru(items), shape.start(7));
            System.out.printf("%-12s items=%d store=%.4f segmented=%.4f%n", shape.name(), items,
                    ours, theirs);
            assertTrue(ours <= theirs + TOLERANCE, ours + " > " + theirs);
        }
    }
}
