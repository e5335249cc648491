package io.ringtail.metrics.exposition;

import io.ringtail.metrics.counters.LoopCounters;

/**
 * What one node has counted and holds, at one moment.
 *
 * @param counters the sum of all event loops, since the start
 */
public record NodeSnapshot(LoopCounters counters, Cache cache, long connections) {
    /**
     * What the store holds: its items as memcached counts them, the memory that it takes of its
     * limit, and what it lost.
     */
    public record Cache(long entries, long bytes, long memoryBytes, long limitBytes, long evictions,
            long expirations) {}
}
