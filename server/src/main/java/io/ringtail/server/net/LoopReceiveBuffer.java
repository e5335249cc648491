package io.ringtail.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * Receives into one buffer that all connections of a loop use in turn: a session takes what it
 * cannot execute out of it before the next read. One read per readiness, so that connections take
 * turns. Owner: the event loop. Not for handlers that keep received buffers (TLS), nor for
 * transports that read ahead.
 */
final class LoopReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    static final int BYTES = 64 << 10;

    private final ByteBuf shared = Unpooled.directBuffer(BYTES, BYTES);

    LoopReceiveBuffer() {
        super(1);
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
                return shared.clear().retain();
            }
        };
    }
}
