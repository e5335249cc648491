package io.ringtail.server.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;

/**
 * Memory that replies are written to, with the buffer that sends it. The chunk keeps one reference
 * of its own, so it is free again as soon as that is the only one left. Owner: an event loop.
 */
final class ReplyChunk {
    /** Without leak detection: a loop's chunks live as long as the loop. */
    private static final ByteBufAllocator MEMORY = new UnpooledByteBufAllocator(true, true);

    private final ByteBuf buffer;
    private final long address;

    ReplyChunk(int bytes) {
        this.buffer = MEMORY.directBuffer(bytes, bytes);
        this.address = buffer.memoryAddress();
    }

    long address() {
        return address;
    }

    int bytes() {
        return buffer.capacity();
    }

    boolean isFree() {
        return buffer.refCnt() == 1;
    }

    /** Bytes of the chunk, to be released by who sends them; more may be written behind them. */
    ByteBuf piece(long from, int written) {
        return buffer.retainedSlice((int) (from - address), written);
    }

    /** As {@link #piece}, for the last time until the chunk is free again. */
    ByteBuf last(long from, int written) {
        int start = (int) (from - address);
        return buffer.setIndex(start, start + written).retain();
    }

    /** Gives the memory back once nobody sends from it any more. */
    void dispose() {
        buffer.release();
    }
}
