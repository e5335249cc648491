package io.ringtail.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.ringtail.server.session.ReplyMemory;
import java.lang.foreign.Arena;

/**
 * Receives into one buffer that all connections of a loop use in turn: a session takes what it
 * cannot execute out of it before the next read. One read per readiness, so that connections take
 * turns. Owner: the event loop. Not for handlers that keep received buffers (TLS), nor for
 * transports that read ahead.
 */
final class LoopReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    static final int BYTES = 64 << 10;

    /** What a read takes while memory is scarce, since what cannot be executed has to be kept. */
    private static final int SCARCE_BYTES = 2 << 10;

    private final ByteBuf large = buffer(BYTES);
    private final ByteBuf small = buffer(SCARCE_BYTES);
    private final ReplyMemory memory;

    LoopReceiveBuffer(ReplyMemory memory) {
        super(1);
        this.memory = memory;
    }

    private static ByteBuf buffer(int bytes) {
        return Unpooled.wrappedBuffer(Arena.ofAuto().allocate(bytes).asByteBuffer());
    }

    @Override
    @SuppressWarnings("deprecation")
    public Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return BYTES;
            }

            @Override
            public ByteBuf allocate(ByteBufAllocator ignored) {
                return (memory.isScarce() ? small : large).clear().retain();
            }
        };
    }
}
