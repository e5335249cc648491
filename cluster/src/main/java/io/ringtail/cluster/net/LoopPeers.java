package io.ringtail.cluster.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.ringtail.cluster.peer.Greeting;
import io.ringtail.cluster.peer.LinkDriver;
import io.ringtail.cluster.peer.PeerLink;
import io.ringtail.cluster.peer.PeerLinks;
import io.ringtail.cluster.peer.PeerReport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One event loop's links to the other members, and their connections. Owner: that event loop; made
 * before it serves anybody.
 */
public final class LoopPeers implements LinkDriver, PeerLinks {
    /** How often a link looks whether its time-out has passed, within one time-out. */
    private static final int TICKS_PER_TIMEOUT = 8;
    private static final long SHORTEST_TICK = TimeUnit.MILLISECONDS.toNanos(1);
    /** However long peers may take: lost connections are tried again at a tick. */
    private static final long LONGEST_TICK = TimeUnit.MILLISECONDS.toNanos(50);

    private final EventLoop loop;
    private final Class<? extends Channel> channelType;
    private final int timeoutMillis;
    private final List<PeerLink> links;

    /** {@code members} are all members, in the ring's order. */
    public LoopPeers(EventLoop loop, Class<? extends Channel> channelType, Greeting greeting,
            List<PeerReport> members, int timeoutMillis) {
        this.loop = loop;
        this.channelType = channelType;
        this.timeoutMillis = timeoutMillis;
        long timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        this.links = members.stream()
                .map(member -> new PeerLink(member, greeting, this, timeoutNanos))
                .toList();
        long tick = Math.clamp(timeoutNanos / TICKS_PER_TIMEOUT, SHORTEST_TICK, LONGEST_TICK);
        var unused = loop.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.NANOSECONDS);
    }

    /** The link to this node itself is never used. */
    @Override
    public PeerLink link(int member) {
        return links.get(member);
    }

    @Override
    public boolean isCongested() {
        for (var link : links) {
            if (link.isCongested()) {
                return true;
            }
        }
        return false;
    }

    /** Opens the connection to that member before it is needed; on the event loop. */
    public void open(int member) {
        links.get(member).open();
    }

    private void tick() {
        links.forEach(PeerLink::tick);
    }

    /** Closes all connections; on the event loop. */
    public void close() {
        links.forEach(PeerLink::close);
    }

    /** Names are looked up anew each time, and not on the event loop: that may block. */
    @Override
    public void dial(PeerLink link) {
        var address = PeerAddress.of(link.peer());
        Thread.ofVirtual().name("resolve " + link.peer()).start(() -> {
            try {
                var resolved = new InetSocketAddress(InetAddress.getByName(address.host()),
                        address.port());
                loop.execute(() -> connect(link, resolved));
            } catch (UnknownHostException e) {
                loop.execute(() -> link.disconnected(null, "unknown host " + address.host()));
            }
        });
    }

    private void connect(PeerLink link, InetSocketAddress address) {
        new Bootstrap().group(loop)
                .channel(channelType)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new PeerHandler(link, channel));
                    }
                })
                .connect(address)
                .addListener((ChannelFuture done) -> {
                    if (!done.isSuccess()) {
                        link.disconnected(null, String.valueOf(done.cause().getMessage()));
                    }
                });
    }

    @Override
    public void atEndOfTurn(Runnable task) {
        loop.execute(task);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
