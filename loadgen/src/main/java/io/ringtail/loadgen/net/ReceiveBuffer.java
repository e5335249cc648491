package io.ringtail.loadgen.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * Receives into one buffer that all connections of a loop use in turn: what is not a whole reply
 * is copied out before the next read. Owner: an event loop.
 */
final class ReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    private static final int BYTES = 64 << 10;

    private final ByteBuf buffer = new UnpooledByteBufAllocator(true, true).directBuffer(BYTES);

    ReceiveBuffer() {
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
                return buffer.clear().retain();
            }
        };
    }

    void dispose() {
        buffer.release();
    }
}
