package io.ringtail.metrics.exposition;

import io.ringtail.metrics.counters.LoopCounters;

/**
 * What one node has counted and holds, at one moment.
 *
 * @param counters the sum of all event loops, since the start
 */
public record NodeSnapshot(LoopCounters counters, Cache cache, long connections) {
    /** What the store holds: its items as memcached counts them, and what it lost. */
    public record Cache(long entries, long bytes, long limitBytes, long evictions,
            long expirations) {}
}
