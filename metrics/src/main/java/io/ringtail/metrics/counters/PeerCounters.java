package io.ringtail.metrics.counters;

import io.ringtail.metrics.counters.DurationCounters.Family;

/**
 * What one event loop sent to one peer and what came of it. Owner: the event loop; others may read
 * slightly older values.
 */
public final class PeerCounters {
    /**
     * OK: answered, whatever the answer. UNREACHABLE: sent, and no answer came. NOT_SENT: the peer
     * counted as gone, or too much was on its way. NOT_OWNER: by the peer's ring the key is
     * another's. REFUSED: the answer was too large for one of both nodes.
     */
    public enum Result {
        OK, UNREACHABLE, NOT_SENT, NOT_OWNER, REFUSED
    }

    private static final int RESULTS = 5;

    /** How long answers took, of a sample; all commands are one family. */
    public final DurationCounters durations = new DurationCounters();

    private final long[] counts = new long[Family.values().length * RESULTS];

    public void count(Family family, Result result) {
        counts[family.ordinal() * RESULTS + result.ordinal()]++;
    }

    public long of(Family family, Result result) {
        return counts[family.ordinal() * RESULTS + result.ordinal()];
    }

    /** Counts one answer of this length. */
    public void timed(long nanos) {
        durations.count(nanos, Family.OTHER);
    }

    /** Adds what another event loop counted. */
    public void add(PeerCounters other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        durations.add(other.durations, 1);
    }
}
