package io.ringtail.cluster.peer;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs which nodes were not let in and why, at a bounded rate: they try again and again.
 * Thread-safe.
 */
public final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final long INTERVAL_NANOS = 10_000_000_000L;

    private final AtomicLong count = new AtomicLong();
    private final AtomicLong nextAt;

    /** {@code nowNanos} and those to come are of a clock that only goes forward. */
    public Refusals(long nowNanos) {
        this.nextAt = new AtomicLong(nowNanos);
    }

    void report(String peer, String address, String reason, long nowNanos) {
        long total = count.incrementAndGet();
        long due = nextAt.get();
        if (nowNanos - due >= 0 && nextAt.compareAndSet(due, nowNanos + INTERVAL_NANOS)) {
            LOG.warn("peer {} at {} is refused: {} (refusals={})", peer, address, reason, total);
        }
    }
}
