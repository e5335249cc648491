package io.ringtail.metrics.counters;

/** What one event loop counted of commands between nodes. Owner: as {@link LoopCounters}. */
public final class ForwardCounters {
    /** Commands for another node's keys. */
    public long forwarded;
    /** Those of them that this node had to answer itself: a miss, an error, or nothing. */
    public long failed;
    /** Those of them whose client asked for no reply, so that nobody was told. */
    public long failedSilently;
    /** Commands executed for other nodes. */
    public long executed;

    void add(ForwardCounters other, int sign) {
        forwarded += sign * other.forwarded;
        failed += sign * other.failed;
        failedSilently += sign * other.failedSilently;
        executed += sign * other.executed;
    }
}
