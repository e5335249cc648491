package io.ringtail.loadgen.pool;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One loop's connections to one server: the last one given back is the first to be taken again.
 * Owner: an event loop.
 *
 * @param <C> a connection
 */
public final class ConnectionPool<C> {
    private final int limit;
    private final PoolCounts counts;
    private final ArrayDeque<C> idle = new ArrayDeque<>();
    private int total;

    /** At most {@code limit} connections, those that are being made included. */
    public ConnectionPool(int limit, PoolCounts counts) {
        this.limit = limit;
        this.counts = counts;
    }

    /** An idle connection, or null where there is none. */
    public @Nullable C take() {
        var connection = idle.pollLast();
        if (connection != null) {
            counts.idle(-1);
        }
        return connection;
    }

    public void giveBack(C connection) {
        idle.addLast(connection);
        counts.idle(1);
    }

    /** Reserves a place for a connection that is about to be made; false where the pool is full. */
    public boolean reserve() {
        if (total == limit) {
            return false;
        }
        total++;
        counts.dialing();
        return true;
    }

    public void connected() {
        counts.created();
    }

    /** A connection could not be made; its place is free again. */
    public void notConnected() {
        counts.failedToAcquire();
        total--;
        counts.gone();
    }

    /** Somebody waited for a connection in vain. */
    public void refused() {
        counts.failedToAcquire();
    }

    /** A connection has ended, idle or not. */
    public void lost(C connection) {
        if (idle.remove(connection)) {
            counts.idle(-1);
        }
        total--;
        counts.gone();
    }
}
