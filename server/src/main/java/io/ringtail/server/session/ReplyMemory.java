package io.ringtail.server.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.ringtail.metrics.counters.LoopCounters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The memory of one event loop's connections. Mostly a single chunk serves all of them in turn,
 * because a client that reads has taken its replies when the flush returns. While chunks are
 * unsent, as with io_uring until the turn ends, each connection begins with a small one. What
 * clients do not take is counted; above the limit memory is scarce: chunks and reads get small, and
 * a connection whose replies are unsent executes nothing. Owner: the event loop.
 */
public final class ReplyMemory {
    static final int CHUNK_BYTES = 64 << 10;

    static final int SMALL_CHUNK_BYTES = 8 << 10;
    static final int SCARCE_CHUNK_BYTES = 4 << 10;
    private static final int MAX_SPARE = 4;
    private static final int MAX_SMALL_SPARE = 256;
    private static final int SWEPT_AT_ONCE = 8;

    private final LoopCounters counters;
    private final long limitBytes;
    private final ArrayDeque<ReplyChunk> spare = new ArrayDeque<>(MAX_SPARE);
    private final ArrayDeque<ReplyChunk> smallSpare = new ArrayDeque<>(MAX_SPARE);
    private final ArrayDeque<ReplyChunk> unsent = new ArrayDeque<>();
    private final Set<Session> starved = new LinkedHashSet<>();
    private long unsentBytes;
    private long reservedBytes;
    private long lentBytes;

    /** At most some {@code limitBytes} for clients that do not read or do not finish. */
    public ReplyMemory(LoopCounters counters, long limitBytes) {
        this.counters = counters;
        this.limitBytes = limitBytes;
    }

    /** Where replies that wait are counted. */
    LoopCounters counters() {
        return counters;
    }

    /** Whether clients hold more than the limit. */
    public boolean isScarce() {
        return unsentBytes + lentBytes + counters.readBufBytes + counters.responseObjBytes
                > limitBytes;
    }

    /**
     * Sets memory aside for a value that is to arrive whole before it goes to another node; false
     * where half of all memory is set aside.
     */
    boolean reserve(long bytes) {
        if (isScarce() || reservedBytes + bytes > limitBytes / 2) {
            return false;
        }
        reservedBytes += bytes;
        return true;
    }

    void unreserve(long bytes) {
        reservedBytes -= bytes;
    }

    /** Counts bytes of pinned values that are handed over, or with a minus have left. */
    void lend(int bytes) {
        lentBytes += bytes;
    }

    /**
     * A chunk of at least {@code bytes} that nobody sends from, a {@code large} one where much is
     * to be written; given back by {@link #giveBack}.
     */
    ReplyChunk take(int bytes, boolean large) {
        if (spare.isEmpty() || smallSpare.isEmpty()) {
            sweep();
        }
        boolean small = !large && bytes <= SMALL_CHUNK_BYTES && !unsent.isEmpty();
        var chunk = (small ? smallSpare : spare).pollFirst();
        if (chunk != null) {
            return chunk;
        }
        int usual = small ? SMALL_CHUNK_BYTES : CHUNK_BYTES;
        return new ReplyChunk(Math.max(bytes, isScarce() ? SCARCE_CHUNK_BYTES : usual));
    }

    /** Takes a chunk back, whether or not it was sent completely. */
    void giveBack(ReplyChunk chunk) {
        if (!chunk.isFree()) {
            unsent.addLast(chunk);
            unsentBytes += chunk.bytes();
        } else if (chunk.bytes() == CHUNK_BYTES && spare.size() < MAX_SPARE) {
            spare.addFirst(chunk);
        } else if (chunk.bytes() == SMALL_CHUNK_BYTES && smallSpare.size() < MAX_SMALL_SPARE) {
            smallSpare.addFirst(chunk);
        } else {
            chunk.dispose();
        }
    }

    /** A buffer for replies that have to wait; the caller releases it. */
    ByteBuf held(int bytes) {
        return PooledByteBufAllocator.DEFAULT.directBuffer(bytes, bytes);
    }

    /** Remembers a connection that waits for memory. */
    void starve(Session session) {
        starved.add(session);
    }

    void forget(Session session) {
        starved.remove(session);
    }

    /** Lets connections that wait for memory try again; called about once a second. */
    public void retryStarved() {
        for (int swept = unsent.size(); swept > 0; swept -= SWEPT_AT_ONCE) {
            sweep();
        }
        var waiting = new ArrayList<>(starved);
        starved.clear();
        waiting.forEach(Session::writable);
    }

    /** Looks at the oldest unsent chunks, and keeps those that have left since. */
    private void sweep() {
        for (int i = Math.min(SWEPT_AT_ONCE, unsent.size()); i > 0; i--) {
            var chunk = unsent.removeFirst();
            unsentBytes -= chunk.bytes();
            giveBack(chunk);
        }
    }
}
