package io.ringtail.loadgen.stats;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** What one event loop counted since the last {@link #take}. Owner: that event loop. */
public final class LoopTally {
    private static final int MEASURES = Measure.values().length;

    private final Histogram[] latency = new Histogram[MEASURES];
    private final Histogram lateness = Latencies.histogram();
    private final long[] nanos = new long[MEASURES];
    private final long[] done = new long[MEASURES];
    private final long[] failed = new long[Failure.values().length];
    private long hits;
    private long misses;
    private long refused;
    private long wins;
    private long waits;

    public LoopTally() {
        for (int i = 0; i < MEASURES; i++) {
            latency[i] = Latencies.histogram();
        }
    }

    /** {@code count} operations that were answered together, {@code took} nanoseconds after due. */
    public void answered(Measure measure, long took, int count) {
        int i = measure.ordinal();
        done[i] += count;
        nanos[i] += took * count;
        latency[i].recordValueWithCount(Latencies.bounded(took), count);
    }

    /**
     * Operations that failed, and how long after they were due; the time counts if it was spent.
     */
    public void failed(Measure measure, Failure why, long took, int count) {
        failed[why.ordinal()] += count;
        if (why.tookTime()) {
            int i = measure.ordinal();
            nanos[i] += took * count;
            latency[i].recordValueWithCount(Latencies.bounded(took), count);
        }
    }

    /** How long after it was due something was sent, though nothing was in its way. */
    public void sentLate(long nanosLate) {
        lateness.recordValue(Latencies.bounded(nanosLate));
    }

    public void hit() {
        hits++;
    }

    public void missed(int count) {
        misses += count;
    }

    /** A conditional write that was answered NOT_STORED, or a key that was not found. */
    public void refused() {
        refused++;
    }

    /** Was told to load the value that all are missing. */
    public void won() {
        wins++;
    }

    /** Was told that somebody else is loading the value. */
    public void waited() {
        waits++;
    }

    /** A copy of the counts; they start at zero again. */
    public Interval take() {
        var copies = new Histogram[MEASURES];
        for (int i = 0; i < MEASURES; i++) {
            copies[i] = latency[i].copy();
            latency[i].reset();
        }
        var results = new Interval.Results(done.clone(), failed.clone(), hits, misses, refused,
                wins, waits);
        var interval = new Interval(copies, nanos.clone(), lateness.copy(), results);
        clear();
        return interval;
    }

    private void clear() {
        lateness.reset();
        Arrays.fill(nanos, 0);
        Arrays.fill(done, 0);
        Arrays.fill(failed, 0);
        hits = 0;
        misses = 0;
        refused = 0;
        wins = 0;
        waits = 0;
    }
}
