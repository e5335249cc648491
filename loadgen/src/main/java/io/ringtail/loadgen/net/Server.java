package io.ringtail.loadgen.net;

import io.ringtail.loadgen.breaker.ServerBreaker;
import io.ringtail.loadgen.pool.PoolCounts;
import java.net.InetSocketAddress;

/**
 * A server under load, with what all loops share about it. Thread-safe.
 *
 * @param name as the user wrote it; metrics and reports show it
 * @param address that is connected to: the server's own, or that of a proxy before it
 */
public record Server(String name, InetSocketAddress address, ServerBreaker breaker,
        PoolCounts pool) {}
