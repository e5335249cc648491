package io.ringtail.loadgen.run;

import org.HdrHistogram.Histogram;

/** Points of a distribution of latencies, in nanoseconds; all 0 where there are none. */
public record Percentiles(long count, double mean, long p50, long p90, long p95, long p99,
        long p999, long max) {
    public static Percentiles of(Histogram all) {
        return new Percentiles(all.getTotalCount(), all.getTotalCount() == 0 ? 0 : all.getMean(),
                at(all, 50), at(all, 90), at(all, 95), at(all, 99), at(all, 99.9),
                all.getMaxValue());
    }

    private static long at(Histogram all, double percent) {
        return all.getTotalCount() == 0 ? 0 : all.getValueAtPercentile(percent);
    }
}
