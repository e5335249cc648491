package io.ringtail.server.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.ringtail.server.config.NodeConfig.Listening;
import io.ringtail.server.session.Session.Origin;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The listening sockets of a node, and how their connections are set up. */
public final class Listeners implements AutoCloseable {
    /** Above the first a connection's commands wait until less than the second is unsent. */
    private static final WriteBufferWaterMark UNSENT =
            new WriteBufferWaterMark(128 << 10, 512 << 10);

    private final NetworkTransport transport;
    private final EventLoopGroup group;
    private final Map<EventLoopGroup, Loop> loops;
    private final ConnectionRegistry registry;
    private final List<Channel> open = new ArrayList<>();

    public Listeners(NetworkTransport transport, EventLoopGroup group,
            Map<EventLoopGroup, Loop> loops, ConnectionRegistry registry) {
        this.transport = transport;
        this.group = group;
        this.loops = loops;
        this.registry = registry;
    }

    /** Listens on every TCP address; fails with the address that cannot be had. */
    public void open(Listening listening) throws BindException {
        for (var address : listening.tcp()) {
            bind(address.isWildcard() ? new InetSocketAddress(address.port())
                    : new InetSocketAddress(address.host(), address.port()), listening);
        }
    }

    private void bind(InetSocketAddress address, Listening listening) throws BindException {
        var bound = new ServerBootstrap().group(group, group)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, listening.backlog())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connect(channel, listening);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new BindException(address, bound.cause());
        }
        open.add(bound.channel());
    }

    private void connect(Channel channel, Listening listening) {
        var loop = loops.get(channel.eventLoop());
        if (loop == null) {
            throw new IllegalStateException("unknown event loop " + channel.eventLoop());
        }
        if (!transport.readsAhead()) {
            channel.config().setRecvByteBufAllocator(loop.receiveBuffer());
        }
        var origin = new Origin(registry.nextId(), addressOf(channel), listening.protocol());
        channel.pipeline().addLast(new ConnectionHandler(loop, registry, origin));
    }

    private static String addressOf(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress remote
                ? (remote.getAddress() instanceof java.net.Inet6Address ? "tcp6:[" : "tcp:")
                        + host(remote.getAddress())
                        + (remote.getAddress() instanceof java.net.Inet6Address ? "]:" : ":")
                        + remote.getPort()
                : "unix:" + channel.localAddress();
    }

    private static String host(InetAddress address) {
        return address.getHostAddress();
    }

    /** The TCP ports that are listened on, in the order of the addresses. */
    public List<Integer> tcpPorts() {
        return open.stream()
                .map(Channel::localAddress)
                .filter(InetSocketAddress.class::isInstance)
                .map(address -> ((InetSocketAddress) address).getPort())
                .toList();
    }

    @Override
    public void close() {
        open.forEach(channel -> channel.close().awaitUninterruptibly());
        open.clear();
    }
}
