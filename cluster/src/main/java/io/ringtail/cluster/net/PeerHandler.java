package io.ringtail.cluster.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.ringtail.cluster.peer.PeerLink;
import io.ringtail.cluster.peer.Wire;

/** Ties one channel to a link. Owner: the channel's event loop. */
final class PeerHandler extends ChannelInboundHandlerAdapter implements Wire {
    /** The link hears when frames of this length have left, since they may take their time. */
    private static final int REPORTED_BYTES = 32 << 10;

    private final PeerLink link;
    private final Channel channel;

    PeerHandler(PeerLink link, Channel channel) {
        this.link = link;
        this.channel = channel;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        link.connected(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var bytes = (ByteBuf) message;
        try {
            if (bytes.hasMemoryAddress()) {
                link.received(this, bytes.memoryAddress() + bytes.readerIndex(),
                        bytes.readableBytes());
            } else {
                receivedCopy(bytes);
            }
        } finally {
            bytes.release();
        }
    }

    private void receivedCopy(ByteBuf bytes) {
        var copy = Unpooled.directBuffer(bytes.readableBytes()).writeBytes(bytes);
        try {
            link.received(this, copy.memoryAddress(), copy.readableBytes());
        } finally {
            copy.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        link.disconnected(this, "the connection was closed");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        link.disconnected(this, String.valueOf(cause.getMessage()));
        ctx.close();
    }

    @Override
    public void write(ByteBuf bytes) {
        if (bytes.readableBytes() < REPORTED_BYTES) {
            channel.write(bytes, channel.voidPromise());
        } else {
            channel.write(bytes).addListener(done -> {
                if (done.isSuccess()) {
                    link.sent(this);
                }
            });
        }
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void reading(boolean reading) {
        channel.config().setAutoRead(reading);
    }

    @Override
    public void close() {
        channel.close();
    }
}
