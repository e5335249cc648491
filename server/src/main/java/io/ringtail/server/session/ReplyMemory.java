package io.ringtail.server.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.ringtail.metrics.counters.LoopCounters;
import java.util.ArrayDeque;

/**
 * The memory of one event loop's replies. Mostly a single chunk serves all connections in turn,
 * because a client that reads has taken its replies when the flush returns. Owner: the event loop.
 */
public final class ReplyMemory {
    static final int CHUNK_BYTES = 64 << 10;
    /** Chunks kept for reuse; more than that are left to the collector. */
    private static final int MAX_KEPT = 64;

    private final LoopCounters counters;
    private final ArrayDeque<ReplyChunk> kept = new ArrayDeque<>(MAX_KEPT);

    public ReplyMemory(LoopCounters counters) {
        this.counters = counters;
    }

    /** Where replies that wait are counted. */
    LoopCounters counters() {
        return counters;
    }

    /** A chunk that nobody sends from any more; given back by {@link #giveBack}. */
    ReplyChunk take() {
        int tried = kept.size();
        for (; tried > 0; tried--) {
            var chunk = kept.pollFirst();
            if (chunk.isFree()) {
                return chunk;
            }
            kept.addLast(chunk);
        }
        return new ReplyChunk(CHUNK_BYTES);
    }

    /** Takes a chunk back, whether or not it was sent completely. */
    void giveBack(ReplyChunk chunk) {
        if (chunk.isFree()) {
            kept.addFirst(chunk);
        } else if (kept.size() < MAX_KEPT) {
            kept.addLast(chunk);
        }
    }

    /** A buffer for replies that have to wait; the caller releases it. */
    ByteBuf held(int bytes) {
        return allocator().directBuffer(bytes, bytes);
    }

    private static ByteBufAllocator allocator() {
        return PooledByteBufAllocator.DEFAULT;
    }
}
