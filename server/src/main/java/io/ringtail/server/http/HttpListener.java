package io.ringtail.server.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.ringtail.server.execution.NodeClock;
import io.ringtail.server.net.Loop;
import io.ringtail.server.net.NetworkTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The HTTP side port of a node. Owner: the thread that starts and stops the node. */
public final class HttpListener implements AutoCloseable {
    private static final WriteBufferWaterMark UNSENT =
            new WriteBufferWaterMark(64 << 10, 256 << 10);
    /** Beyond all that the listeners of clients give. */
    private static final long FIRST_ID = 1L << 40;

    private final Channel channel;
    private final Map<Loop, HttpLoop> loops;

    private HttpListener(Channel channel, Map<Loop, HttpLoop> loops) {
        this.channel = channel;
        this.loops = loops;
    }

    /** The event loops that serve it. */
    public record Loops(NetworkTransport transport, EventLoopGroup group,
            Map<EventLoop, Loop> loops) {}

    /** The node behind it. {@code users} null: everybody may ask everything. */
    public record Service(NodeState state, NodeClock clock, Set<String> hostNames,
            @Nullable Users users) {}

    /** Who may, where clients must say who they are. */
    public interface Users extends Login.Users {}

    /** Opens the port; fails where it is taken. */
    public static HttpListener open(InetSocketAddress address, Loops loops, Service service)
            throws IOException {
        var httpLoops = new IdentityHashMap<Loop, HttpLoop>();
        loops.loops().values().forEach(loop -> httpLoops.put(loop, new HttpLoop(loop)));
        var bound = new ServerBootstrap().group(loops.group(), loops.group())
                .channel(loops.transport().serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
                .childHandler(new Initializer(httpLoops.values(), routes(service, loops.group())))
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        return new HttpListener(bound.channel(), httpLoops);
    }

    private static Routes routes(Service service, EventLoopGroup group) {
        var keys = new Keys(service.clock());
        var bodies = new WholeBody.Budget();
        var table = new ArrayList<>(new RestRoutes(keys, bodies).routes());
        table.addAll(new PlainRoutes(keys).routes());
        table.addAll(new NodeRoutes(service.state()).routes());
        var feed = new LiveFeed(service.state(), group);
        table.addAll(new LivePage(service.state(), feed).routes());
        return new Routes(table, new Guard(service.hostNames()), new Login(service.users()),
                bodies);
    }

    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        Loop.onEach(loops.keySet(), loop -> Objects.requireNonNull(loops.get(loop)).closeAll());
    }

    /** Sets up connections. Shared by all loops; thread-safe. */
    private static final class Initializer extends ChannelInitializer<Channel> {
        private final Map<EventLoop, HttpLoop> loops = new IdentityHashMap<>();
        private final Routes routes;
        private final AtomicInteger open = new AtomicInteger();
        private final AtomicLong ids = new AtomicLong(FIRST_ID);

        Initializer(Collection<HttpLoop> loops, Routes routes) {
            loops.forEach(loop -> this.loops.put(loop.loop().eventLoop(), loop));
            this.routes = routes;
        }

        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        protected void initChannel(Channel channel) {
            var loop = loops.get(channel.eventLoop());
            if (loop == null || open.incrementAndGet() > HttpLimits.CONNECTIONS) {
                open.decrementAndGet();
                channel.close();
                return;
            }
            channel.closeFuture().addListener(closed -> open.decrementAndGet());
            loop.opened(channel);
            channel.pipeline()
                    .addLast(new IdleStateHandler(0, 0, HttpLimits.IDLE_SECONDS))
                    .addLast(new HttpServerCodec(decoder(), HttpLimits.PIPELINE_DEPTH))
                    .addLast(new HttpHandler(loop, routes, ids.getAndIncrement()));
        }

        private static HttpDecoderConfig decoder() {
            return new HttpDecoderConfig().setMaxInitialLineLength(HttpLimits.REQUEST_LINE_BYTES)
                    .setMaxHeaderSize(HttpLimits.HEADER_BYTES)
                    .setMaxChunkSize(HttpLimits.CHUNK_BYTES);
        }
    }
}
