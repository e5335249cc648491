package io.ringtail.cluster.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.ringtail.cluster.peer.ClusterView;
import io.ringtail.cluster.peer.Greeting;
import io.ringtail.cluster.peer.LinkDriver;
import io.ringtail.cluster.peer.PeerLink;
import io.ringtail.cluster.peer.PeerLinks;
import io.ringtail.cluster.peer.PeerStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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
    private final Greeting greeting;
    private final long timeoutNanos;
    /** By the member's index on the view's ring. */
    private PeerLink[] links = {};
    /** To who is no member any more, but has not answered all. */
    private final List<PeerLink> leaving = new ArrayList<>();
    private ClusterView view;
    /** To be done at the next tick. */
    private List<Runnable> refreshed = new ArrayList<>();

    public LoopPeers(EventLoop loop, Class<? extends Channel> channelType, Greeting greeting,
            ClusterView view, int timeoutMillis) {
        this.loop = loop;
        this.channelType = channelType;
        this.timeoutMillis = timeoutMillis;
        this.greeting = greeting;
        this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        this.view = view;
        this.links = links(view, Map.of());
        long tick = Math.clamp(timeoutNanos / TICKS_PER_TIMEOUT, SHORTEST_TICK, LONGEST_TICK);
        var unused = loop.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.NANOSECONDS);
    }

    private PeerLink[] links(ClusterView of, Map<PeerStatus, PeerLink> known) {
        return of.peers().stream().map(peer -> {
            var link = known.get(peer);
            return link != null ? link : new PeerLink(peer, greeting, this, timeoutNanos);
        }).toArray(PeerLink[]::new);
    }

    /**
     * Goes by {@code next} from now on; on the event loop. Connections to new members are opened,
     * those to members that are gone close when they have answered what was sent to them.
     */
    public void follow(ClusterView next) {
        var known = new IdentityHashMap<PeerStatus, PeerLink>();
        for (int i = 0; i < links.length; i++) {
            known.put(view.peers().get(i), links[i]);
        }
        links = links(next, known);
        view = next;
        next.peers().forEach(known::remove);
        leaving.addAll(known.values());
        closeAnswered();
        open();
    }

    private void closeAnswered() {
        for (var links = leaving.iterator(); links.hasNext();) {
            var link = links.next();
            if (link.inFlight() == 0) {
                link.close();
                links.remove();
            }
        }
    }

    @Override
    public ClusterView view() {
        return view;
    }

    @Override
    public long epoch() {
        return view.epoch();
    }

    /** The link to this node itself is never used. */
    @Override
    public PeerLink link(int member) {
        return links[member];
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

    /** Opens the connections to the members before they are needed; on the event loop. */
    public void open() {
        for (int member = 0; member < links.length; member++) {
            if (member != view.self()) {
                links[member].open();
            }
        }
    }

    @Override
    public void refresh(Runnable task) {
        for (var link : links) {
            link.ping();
        }
        refreshed.add(task);
    }

    /** Tells the members at once what this node knows of them; on the event loop. */
    public void exchange() {
        for (var link : links) {
            link.exchange();
        }
    }

    private void tick() {
        var due = refreshed;
        refreshed = new ArrayList<>();
        due.forEach(Runnable::run);
        for (var link : links) {
            link.tick();
        }
        leaving.forEach(PeerLink::tick);
        closeAnswered();
    }

    /** Closes all connections; on the event loop. */
    public void close() {
        for (var link : links) {
            link.close();
        }
        leaving.forEach(PeerLink::close);
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
