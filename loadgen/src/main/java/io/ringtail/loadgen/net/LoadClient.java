package io.ringtail.loadgen.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The event loops of a client of one or several servers. Thread-safe. */
public final class LoadClient implements AutoCloseable {
    private static final int STOP_SECONDS = 5;

    private final MultiThreadIoEventLoopGroup group;
    private final List<LoadLoop> loops;

    private LoadClient(MultiThreadIoEventLoopGroup group, List<LoadLoop> loops) {
        this.group = group;
        this.loops = loops;
    }

    public static LoadClient open(ClientConfig config, List<Server> servers, LoadAlarm alarm) {
        boolean epoll = Epoll.isAvailable();
        var group =
                new MultiThreadIoEventLoopGroup(config.threads(), new DefaultThreadFactory("load"),
                        epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        var bootstrap =
                new Bootstrap().channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, config.timeoutMillis());
        var loops = new ArrayList<LoadLoop>();
        for (int number = 0; number < config.threads(); number++) {
            EventLoop eventLoop = group.next();
            var loop = new LoadLoop(eventLoop, bootstrap, servers, config.connectionsOfLoop(number),
                    alarm);
            loop.watchTimeouts(config.timeoutMillis());
            loops.add(loop);
        }
        return new LoadClient(group, List.copyOf(loops));
    }

    public List<LoadLoop> loops() {
        return loops;
    }

    @Override
    public void close() {
        loops.forEach(it -> it.execute(it::close));
        group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
