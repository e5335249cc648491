package io.ringtail.loadgen.stats;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * What was counted in some time, by one loop or by several: latencies and summed nanoseconds by
 * {@link Measure}, and results. Owner: who holds it; {@link #add} changes it.
 */
public final class Interval {
    private final Histogram[] latency;
    private final long[] nanos;
    private final Histogram lateness;
    private Results results;

    /** Counts by {@link Measure} and by {@link Failure}, and what reads and leases found. */
    public record Results(long[] done, long[] failed, long hits, long misses, long refused,
            long wins, long waits) {
        private static final Results NONE = new Results(new long[Measure.values().length],
                new long[Failure.values().length], 0, 0, 0, 0, 0);

        private Results plus(Results more) {
            return new Results(sum(done, more.done), sum(failed, more.failed), hits + more.hits,
                    misses + more.misses, refused + more.refused, wins + more.wins,
                    waits + more.waits);
        }

        public long succeeded() {
            return Arrays.stream(done).sum();
        }

        public long failures() {
            return Arrays.stream(failed).sum();
        }

        public long operations() {
            return succeeded() + failures();
        }

        public long done(Measure measure) {
            return done[measure.ordinal()];
        }

        public long failed(Failure why) {
            return failed[why.ordinal()];
        }

        /** Failed operations over all, 0 where there were none. */
        public double errorRate() {
            return operations() == 0 ? 0 : (double) failures() / operations();
        }

        /** Misses over keys asked for, 0 where there were none. */
        public double missRatio() {
            return hits + misses == 0 ? 0 : (double) misses / (hits + misses);
        }
    }

    Interval(Histogram[] latency, long[] nanos, Histogram lateness, Results results) {
        this.latency = latency;
        this.nanos = nanos;
        this.lateness = lateness;
        this.results = results;
    }

    public static Interval empty() {
        var histograms = new Histogram[Measure.values().length];
        Arrays.setAll(histograms, i -> Latencies.histogram());
        return new Interval(histograms, new long[histograms.length], Latencies.histogram(),
                Results.NONE);
    }

    private static long[] sum(long[] a, long[] b) {
        var sums = new long[a.length];
        Arrays.setAll(sums, i -> a[i] + b[i]);
        return sums;
    }

    public void add(Interval more) {
        for (int i = 0; i < latency.length; i++) {
            latency[i].add(more.latency[i]);
            nanos[i] += more.nanos[i];
        }
        lateness.add(more.lateness);
        results = results.plus(more.results);
    }

    public Results results() {
        return results;
    }

    public Histogram latency(Measure measure) {
        return latency[measure.ordinal()];
    }

    /** The sum of all latencies, exact. */
    public long nanos(Measure measure) {
        return nanos[measure.ordinal()];
    }

    /** Latencies of all operations together. */
    public Histogram latency() {
        var all = Latencies.histogram();
        for (var one : latency) {
            all.add(one);
        }
        return all;
    }

    /** How long after they were due operations were sent that nothing was in the way of. */
    public Histogram lateness() {
        return lateness;
    }
}
