package io.ringtail.server.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;

/**
 * Counts accepted connections against the limit (-c). Above it a connection is told so and closed
 * or, where that was asked for, is not accepted until another one has left.
 */
@Sharable
final class AdmissionHandler extends ChannelInboundHandlerAdapter {
    static final AttributeKey<Boolean> REJECTED = AttributeKey.valueOf("ringtail.rejected");

    private final ConnectionRegistry registry;
    private final boolean rejectFast;

    AdmissionHandler(ConnectionRegistry registry, boolean rejectFast) {
        this.registry = registry;
        this.rejectFast = rejectFast;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        registry.listening(ctx.channel());
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        var client = (Channel) accepted;
        boolean full = registry.admit();
        client.closeFuture().addListener(closed -> registry.leave());
        if (full && rejectFast) {
            client.attr(REJECTED).set(true);
        } else if (registry.isFull() && !rejectFast) {
            registry.pauseAccepting();
        }
        ctx.fireChannelRead(accepted);
    }
}
