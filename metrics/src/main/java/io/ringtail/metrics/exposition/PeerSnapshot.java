package io.ringtail.metrics.exposition;

import io.ringtail.metrics.counters.PeerCounters;

/**
 * What one node knows of a peer, at one moment.
 *
 * @param peer the peer's name on the ring
 * @param breakerState 0 closed, 1 half-open, 2 open
 * @param counters the sum of all event loops, since the start
 */
public record PeerSnapshot(String peer, int breakerState, PeerCounters counters) {}
