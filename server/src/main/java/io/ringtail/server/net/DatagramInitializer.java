package io.ringtail.server.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.ringtail.server.config.NodeConfig.BindingProtocol;
import java.util.Map;

/** Sets up a UDP socket. */
final class DatagramInitializer extends ChannelInitializer<Channel> {
    private final Map<EventLoop, Loop> loops;
    private final ConnectionRegistry registry;
    private final BindingProtocol protocol;

    DatagramInitializer(Map<EventLoop, Loop> loops, ConnectionRegistry registry,
            BindingProtocol protocol) {
        this.loops = loops;
        this.registry = registry;
        this.protocol = protocol;
    }

    @Override
    protected void initChannel(Channel channel) {
        var loop = loops.get(channel.eventLoop());
        if (loop == null) {
            throw new IllegalStateException("no loop for " + channel.eventLoop());
        }
        channel.pipeline().addLast(new DatagramHandler(loop, registry, protocol));
    }
}
