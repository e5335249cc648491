package io.ringtail.metrics.counters;

/**
 * Commands by the size class of their item, as {@code stats slabs} reports them. The counters of
 * one class lie in one cache line. Owner: the event loop; others may read slightly older values.
 */
public final class SizeClassCounters {
    /** memcached numbers its classes from 1 to 63. */
    public static final int CLASSES = 64;

    /** What is counted, in the order of the report. */
    public static final int GET_HITS = 0;
    public static final int CMD_SET = 1;
    public static final int DELETE_HITS = 2;
    public static final int INCR_HITS = 3;
    public static final int DECR_HITS = 4;
    public static final int CAS_HITS = 5;
    public static final int CAS_BADVAL = 6;
    public static final int TOUCH_HITS = 7;

    private static final int SHIFT = 3;

    private final long[] counts = new long[CLASSES << SHIFT];

    public void count(int sizeClass, int what) {
        counts[(sizeClass << SHIFT | what) & counts.length - 1]++;
    }

    public long counted(int sizeClass, int what) {
        return counts[sizeClass << SHIFT | what];
    }

    /** All classes together. */
    public long all(int what) {
        long all = 0;
        for (int i = what; i < counts.length; i += 1 << SHIFT) {
            all += counts[i];
        }
        return all;
    }

    void add(SizeClassCounters other, int sign) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += sign * other.counts[i];
        }
    }
}
