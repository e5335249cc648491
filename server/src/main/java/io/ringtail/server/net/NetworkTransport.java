package io.ringtail.server.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.ringtail.cluster.net.LoopPeers;
import io.ringtail.cluster.peer.ClusterView;
import io.ringtail.cluster.peer.Greeting;
import io.ringtail.server.config.NodeConfig;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Locale;

/** How the event loops talk to the kernel. */
public enum NetworkTransport {
    EPOLL {
        @Override
        public IoHandlerFactory ioHandlers() {
            return EpollIoHandler.newFactory();
        }

        @Override
        public Class<? extends ServerChannel> serverChannel() {
            return EpollServerSocketChannel.class;
        }

        @Override
        Class<? extends ServerChannel> unixServerChannel() {
            return EpollServerDomainSocketChannel.class;
        }

        @Override
        Class<? extends DatagramChannel> datagramChannel() {
            return EpollDatagramChannel.class;
        }

        @Override
        Class<? extends SocketChannel> clientChannel() {
            return EpollSocketChannel.class;
        }
    },
    IO_URING {
        @Override
        public IoHandlerFactory ioHandlers() {
            return IoUringIoHandler.newFactory();
        }

        @Override
        public Class<? extends ServerChannel> serverChannel() {
            return IoUringServerSocketChannel.class;
        }

        @Override
        Class<? extends ServerChannel> unixServerChannel() {
            return IoUringServerDomainSocketChannel.class;
        }

        @Override
        Class<? extends DatagramChannel> datagramChannel() {
            return IoUringDatagramChannel.class;
        }

        @Override
        Class<? extends SocketChannel> clientChannel() {
            return IoUringSocketChannel.class;
        }
    },
    NIO {
        @Override
        public IoHandlerFactory ioHandlers() {
            return NioIoHandler.newFactory();
        }

        @Override
        public Class<? extends ServerChannel> serverChannel() {
            return NioServerSocketChannel.class;
        }

        @Override
        Class<? extends ServerChannel> unixServerChannel() {
            return NioServerDomainSocketChannel.class;
        }

        @Override
        Class<? extends DatagramChannel> datagramChannel() {
            return NioDatagramChannel.class;
        }

        @Override
        Class<? extends SocketChannel> clientChannel() {
            return NioSocketChannel.class;
        }
    };

    /** {@code SOL_SOCKET} and {@code SO_KEEPALIVE}. */
    private static final ChannelOption<Integer> LINUX_KEEPALIVE =
            new IntegerUnixChannelOption("SO_KEEPALIVE", 1, 9);

    public abstract IoHandlerFactory ioHandlers();

    public abstract Class<? extends ServerChannel> serverChannel();

    abstract Class<? extends ServerChannel> unixServerChannel();

    abstract Class<? extends DatagramChannel> datagramChannel();

    abstract Class<? extends SocketChannel> clientChannel();

    /** One event loop's connections to the other members of a cluster. */
    public LoopPeers peers(EventLoop loop, Greeting greeting, ClusterView view, int timeoutMillis) {
        return new LoopPeers(loop, clientChannel(), greeting, view, timeoutMillis);
    }

    SocketAddress unixAddress(Path path) {
        return this == NIO ? UnixDomainSocketAddress.of(path)
                : new DomainSocketAddress(path.toFile());
    }

    /** On Linux accepted sockets inherit it, which saves a system call for each. */
    void keepAlive(ServerBootstrap bootstrap) {
        if (this == NIO) {
            bootstrap.childOption(ChannelOption.SO_KEEPALIVE, true);
        } else {
            bootstrap.option(LINUX_KEEPALIVE, 1);
        }
    }

    /**
     * Whether a read is under way in the kernel all the time, so that each connection needs its own
     * buffer.
     */
    boolean readsAhead() {
        return this == IO_URING;
    }

    /**
     * What {@code asked} means on this machine; fails where an explicit choice is not available.
     */
    public static NetworkTransport of(NodeConfig.Transport asked) {
        return switch (asked) {
            case AUTO -> Epoll.isAvailable() ? EPOLL : NIO;
            case NIO -> NIO;
            case EPOLL -> require(EPOLL, Epoll.isAvailable(), Epoll.unavailabilityCause());
            case IO_URING ->
                    require(IO_URING, IoUring.isAvailable(), IoUring.unavailabilityCause());
        };
    }

    private static NetworkTransport require(NetworkTransport wanted, boolean available,
            Throwable why) {
        if (!available) {
            throw new IllegalArgumentException(
                    "--transport " + wanted.name().toLowerCase(Locale.ROOT)
                            + " is not available here: " + why.getMessage());
        }
        return wanted;
    }
}
