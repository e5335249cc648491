package io.ringtail.server.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.ringtail.server.config.ListenAddress;
import io.ringtail.server.config.ListenAddress.Encryption;
import io.ringtail.server.config.NodeConfig.Listening;
import io.ringtail.server.net.ClientInitializer.Traits;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The listening sockets of a node. Owner: the thread that starts and stops the node. */
public final class Listeners implements AutoCloseable {
    /** Above the first a connection's commands wait until less than the second is unsent. */
    static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private final NetworkTransport transport;
    private final EventLoopGroup group;
    private final Map<EventLoop, Loop> loops;
    private final ConnectionRegistry registry;
    private final List<Channel> open = new ArrayList<>();
    private final List<Integer> udpPorts = new ArrayList<>();
    private @Nullable UnixSocketFile unixSocket;

    public Listeners(NetworkTransport transport, EventLoopGroup group, Map<EventLoop, Loop> loops,
            ConnectionRegistry registry) {
        this.transport = transport;
        this.group = group;
        this.loops = loops;
        this.registry = registry;
    }

    /**
     * Opens all sockets; fails with the first that cannot be had, and leaves closing the others to
     * the caller.
     */
    public void open(Listening listening, boolean rejectFast, @Nullable TlsContexts certificates)
            throws BindException {
        var admission = new AdmissionHandler(registry, rejectFast);
        for (var address : listening.tcp()) {
            var local = socketAddress(address);
            var traits = new Traits(SocketNames.of(local), address.protocol(), address.encryption(),
                    certificates, transport.readsAhead());
            listen(server(listening, admission, traits).channel(transport.serverChannel())
                    .bind(local), local);
        }
        var path = listening.unixSocket();
        if (path != null) {
            openUnixSocket(path, listening, admission);
        }
        for (var address : listening.udp()) {
            openDatagrams(address);
        }
    }

    private ServerBootstrap server(Listening listening, AdmissionHandler admission, Traits traits) {
        var bootstrap = new ServerBootstrap().group(group, group)
                .handler(admission)
                .option(ChannelOption.SO_BACKLOG, listening.backlog())
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
                .childHandler(new ClientInitializer(loops, registry, traits));
        if (!traits.name().startsWith("unix:")) {
            // Accepted sockets have TCP_NODELAY from Netty.
            bootstrap.option(ChannelOption.SO_REUSEADDR, true);
            transport.keepAlive(bootstrap);
        }
        return bootstrap;
    }

    private void openUnixSocket(Path path, Listening listening, AdmissionHandler admission)
            throws BindException {
        var file = UnixSocketFile.claim(path);
        var traits = new Traits("unix:" + path, listening.protocol(), Encryption.PLAIN, null,
                transport.readsAhead());
        var local = transport.unixAddress(path);
        listen(server(listening, admission, traits).channel(transport.unixServerChannel())
                .bind(local), local);
        unixSocket = file;
        file.permit(listening.unixMask());
    }

    private void openDatagrams(ListenAddress address) throws BindException {
        var local = socketAddress(address);
        var bound = new Bootstrap().group(group)
                .channel(transport.datagramChannel())
                .option(ChannelOption.RECVBUF_ALLOCATOR, DatagramHandler.receiveAllocator())
                .handler(new DatagramInitializer(loops, registry, address.protocol()))
                .bind(local);
        listen(bound, local);
        udpPorts.add(((InetSocketAddress) bound.channel().localAddress()).getPort());
    }

    private void listen(ChannelFuture bound, SocketAddress address) throws BindException {
        if (!bound.awaitUninterruptibly().isSuccess()) {
            throw new BindException(address, bound.cause());
        }
        open.add(bound.channel());
    }

    private static InetSocketAddress socketAddress(ListenAddress address) {
        return address.isWildcard() ? new InetSocketAddress(address.port())
                : new InetSocketAddress(address.host(), address.port());
    }

    /** The TCP ports that are listened on, in the order of the addresses. */
    public List<Integer> tcpPorts() {
        return open.stream()
                .filter(io.netty.channel.ServerChannel.class::isInstance)
                .map(Channel::localAddress)
                .filter(InetSocketAddress.class::isInstance)
                .map(address -> ((InetSocketAddress) address).getPort())
                .toList();
    }

    public List<Integer> udpPorts() {
        return List.copyOf(udpPorts);
    }

    @Override
    public void close() {
        open.forEach(channel -> channel.close().awaitUninterruptibly());
        open.clear();
        Loop.onEach(loops.values(), loop -> registry.closeAll(loop.eventLoop()));
        if (unixSocket != null) {
            unixSocket.remove();
            unixSocket = null;
        }
    }
}
