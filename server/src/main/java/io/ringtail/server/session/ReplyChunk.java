package io.ringtail.server.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.foreign.Arena;

/**
 * Memory that replies are written to, with the buffer that sends it. The chunk keeps one reference
 * of its own, so it is free again as soon as that is the only one left. Owner: an event loop.
 */
final class ReplyChunk {
    private final long address;
    private final int bytes;
    private final ByteBuf buffer;

    ReplyChunk(int bytes) {
        var memory = Arena.ofAuto().allocate(bytes, 64);
        this.address = memory.address();
        this.bytes = bytes;
        this.buffer = Unpooled.wrappedBuffer(memory.asByteBuffer());
    }

    long address() {
        return address;
    }

    int bytes() {
        return bytes;
    }

    boolean isFree() {
        return buffer.refCnt() == 1;
    }

    /** The first {@code written} bytes, to be released by who sends them. */
    ByteBuf filled(int written) {
        return buffer.setIndex(0, written).retain();
    }
}
