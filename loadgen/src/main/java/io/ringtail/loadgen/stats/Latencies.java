package io.ringtail.loadgen.stats;

import org.HdrHistogram.Histogram;

/** How latencies are kept: nanoseconds within 0.1 %, up to two minutes. */
public final class Latencies {
    private static final long RESOLUTION_NANOS = 100;
    private static final long MAX_NANOS = 120_000_000_000L;
    private static final int DIGITS = 3;

    private Latencies() {}

    public static Histogram histogram() {
        return new Histogram(RESOLUTION_NANOS, MAX_NANOS, DIGITS);
    }

    static long bounded(long nanos) {
        return Math.clamp(nanos, 0, MAX_NANOS);
    }
}
