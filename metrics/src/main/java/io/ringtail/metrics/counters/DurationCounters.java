package io.ringtail.metrics.counters;

/**
 * How long requests take, of a sample: about one in {@value #INTERVAL} reads of a connection is
 * timed, from when its bytes have arrived to when the replies were handed to the kernel. What was
 * read together shares its time, and counts once, as the kind of its last command. Between samples
 * a read costs one decrement.
 *
 * <p>Ten buckets a decade from 1 us to 10 s, so that percentiles are good to an eighth; what is
 * beyond goes into the last one. Owner: as {@link LoopCounters}.
 */
public final class DurationCounters {
    /** The kinds of requests that are told apart. */
    public enum Family {
        GET, STORE, DELETE, TOUCH, ARITHMETIC, OTHER
    }

    /** Mean distance of samples. */
    private static final int INTERVAL = 128;
    private static final int FAMILIES = 6;
    private static final int DECADES = 7;
    private static final long[] BOUNDS = bounds();

    private final long[] counts = new long[FAMILIES * (BOUNDS.length + 1)];
    private final long[] nanos = new long[FAMILIES];
    /** Reads before the next sample; 0 and below while one is being timed. */
    private int countdown = INTERVAL;
    private int random = 0x9e3779b9;
    private long startedAt;

    private static long[] bounds() {
        int[] steps = {1000, 1250, 1600, 2000, 2500, 3150, 4000, 5000, 6300, 8000};
        var bounds = new long[DECADES * steps.length + 1];
        long unit = 1;
        for (int decade = 0; decade < DECADES; decade++, unit *= 10) {
            for (int step = 0; step < steps.length; step++) {
                bounds[decade * steps.length + step] = steps[step] * unit;
            }
        }
        bounds[bounds.length - 1] = steps[0] * unit;
        return bounds;
    }

    /** Buckets of a family, the last of them without an upper bound. */
    public static int buckets() {
        return BOUNDS.length + 1;
    }

    /** The longest time, in nanoseconds, that falls into a bucket. */
    public static long upperNanos(int bucket) {
        return bucket < BOUNDS.length ? BOUNDS[bucket] : Long.MAX_VALUE;
    }

    /** Whether what was read now is to be timed. */
    public boolean isDue() {
        return --countdown == 0;
    }

    /** The bytes have arrived. */
    public void start(long nowNanos) {
        startedAt = nowNanos;
    }

    public boolean isStarted() {
        return countdown <= 0;
    }

    /** The replies have left. */
    public void finish(long nowNanos, Family family) {
        cancel();
        count(nowNanos - startedAt, family);
    }

    /** Not all replies have left: this sample is none. */
    public void cancel() {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        countdown = INTERVAL / 2 + (random & INTERVAL - 1);
    }

    /** Counts one request of this length. */
    public void count(long durationNanos, Family family) {
        int low = 0;
        int high = BOUNDS.length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (durationNanos <= BOUNDS[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        counts[family.ordinal() * buckets() + low]++;
        nanos[family.ordinal()] += durationNanos;
    }

    /** Requests of a family in one bucket. */
    public long of(Family family, int bucket) {
        return counts[family.ordinal() * buckets() + bucket];
    }

    /** All requests of a family together. */
    public long nanos(Family family) {
        return nanos[family.ordinal()];
    }

    void add(DurationCounters other, int sign) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += sign * other.counts[i];
        }
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] += sign * other.nanos[i];
        }
    }
}
