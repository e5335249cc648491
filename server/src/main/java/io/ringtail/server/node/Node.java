package io.ringtail.server.node;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.ringtail.metrics.exposition.NodeMetrics;
import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.execution.LoopContext;
import io.ringtail.server.execution.NodeClock;
import io.ringtail.server.http.HttpListener;
import io.ringtail.server.net.ConnectionRegistry;
import io.ringtail.server.net.Listeners;
import io.ringtail.server.net.Loop;
import io.ringtail.server.net.NetworkTransport;
import io.ringtail.server.net.TlsContexts;
import io.ringtail.server.net.TurnTimers;
import io.ringtail.server.session.SessionContext;
import io.ringtail.server.store.Store;
import java.io.IOException;
import java.time.Clock;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running node. Thread-safe. */
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final int STOP_SECONDS = 2;

    private final Services services;
    private final MultiThreadIoEventLoopGroup group;
    private final Listeners listeners;
    private final SideListeners sideListeners = new SideListeners();
    private final @Nullable TlsContexts certificates;
    private final Protocols protocols;
    private final @Nullable ClusterMember member;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Node(Services services, MultiThreadIoEventLoopGroup group, Listeners listeners,
            @Nullable TlsContexts certificates, Protocols protocols,
            @Nullable ClusterMember member) {
        this.services = services;
        this.group = group;
        this.listeners = listeners;
        this.certificates = certificates;
        this.protocols = protocols;
        this.member = member;
    }

    /**
     * Starts a node and returns when it answers; fails with what is in the way: an address, a file.
     */
    public static Node start(NodeConfig config) throws IOException {
        return start(config, Clock.systemUTC());
    }

    /** As {@link #start(NodeConfig)}, with a clock of the caller's. */
    public static Node start(NodeConfig config, Clock clock) throws IOException {
        var protocols = new Protocols(config.security());
        var members = Members.of(config, clock);
        var credentials = ClusterMember.credentials(config.cluster().secretFile());
        var transport = NetworkTransport.of(config.transport());
        var tls = config.security().tls();
        var certificates = tls == null ? null : new TlsContexts(tls, clock);
        var store = Store.open(StoreSettings.of(config));
        var timers = config.process().timeTurns() ? new TurnTimers() : null;
        var handlers = transport.ioHandlers();
        var group =
                new MultiThreadIoEventLoopGroup(config.threads(), new DefaultThreadFactory("loop"),
                        timers == null ? handlers : timers.around(handlers));
        var nodeClock = new NodeClock(clock);
        var registry = new ConnectionRegistry(config.limits().connections(), nodeClock::nowSeconds);
        var services = new Services(config, nodeClock, registry, store, certificates);
        var eventLoops = Stream.generate(group::next).limit(config.threads()).toList();
        if (timers != null) {
            services.turnTimes(timers.times());
        }
        var member = members == null ? null
                : new ClusterMember(config, members, credentials, transport, eventLoops);
        if (member != null) {
            services.routing(member.routing());
        }
        var loops = loops(eventLoops, services, registry,
                context -> protocols.sessions(context, member));
        var listeners = new Listeners(transport, group, loops, registry);
        var node = new Node(services, group, listeners, certificates, protocols, member);
        services.onShutDown(node::stop);
        try {
            listeners.open(config.listening(), config.limits().rejectFast(), certificates);
            var metrics = new NodeMetrics(services.statistics()::snapshot,
                    member == null ? List::of : member::peers);
            if (member != null) {
                metrics.showRing(member::ring);
            }
            node.sideListeners.open(config.sidePorts(), metrics,
                    address -> HttpListener.open(address,
                            new HttpListener.Loops(transport, group, loops), node.http(metrics)));
            if (member != null) {
                member.open();
            }
        } catch (IOException e) {
            node.stop();
            throw e;
        }
        return node;
    }

    private HttpListener.Service http(NodeMetrics metrics) {
        var config = services.config();
        return new HttpListener.Service(new NodeView(services, metrics, member), services.clock(),
                SideListeners.hostNames(config), protocols.wantsLogin() ? protocols::admits : null);
    }

    private static Map<EventLoop, Loop> loops(List<? extends EventLoop> eventLoops,
            Services services, ConnectionRegistry registry,
            Function<LoopContext, SessionContext> sessions) {
        var loops = new IdentityHashMap<EventLoop, Loop>();
        for (int number = 0; number < eventLoops.size(); number++) {
            var context = new LoopContext(number, services, services.store());
            services.add(context);
            var eventLoop = eventLoops.get(number);
            var shared = sessions.apply(context);
            loops.put(eventLoop, new Loop(eventLoop, shared));
            eventLoop.scheduleAtFixedRate(() -> {
                maintain(context, eventLoop, registry);
                shared.memory().retryStarved();
            }, 1, 1, TimeUnit.SECONDS);
        }
        return loops;
    }

    /** Once a second on each loop: expired memory, idle connections. */
    private static void maintain(LoopContext context, EventLoop eventLoop,
            ConnectionRegistry registry) {
        var node = context.node();
        context.startTurn(node.clock().nowSeconds());
        context.counters().lruMaintainerJuggles++;
        context.hotKeys().tick();
        context.store().maintain(context.number(), node.config().threads(), context.now());
        int idleSeconds = node.config().limits().idleTimeoutSeconds();
        if (idleSeconds > 0) {
            registry.closeIdle(eventLoop, idleSeconds, context.counters());
        }
    }

    /** The TCP ports that are listened on, in the order of the addresses. */
    public List<Integer> tcpPorts() {
        return listeners.tcpPorts();
    }

    /** The UDP ports that are listened on, in the order of the addresses. */
    public List<Integer> udpPorts() {
        return listeners.udpPorts();
    }

    /** The port of HTTP; null where there is none. */
    public @Nullable Integer httpPort() {
        return sideListeners.httpPort();
    }

    /** The port of the metrics; null where there is none. */
    public @Nullable Integer metricsPort() {
        return sideListeners.metricsPort();
    }

    /**
     * Reads certificates and users again (SIGHUP); what cannot be read stays as it was, and is
     * logged.
     */
    public void reload() {
        try {
            protocols.reload();
        } catch (IOException e) {
            LOG.error("users stay as they were: {}", e.getMessage());
        }
        if (certificates != null) {
            try {
                certificates.reload();
            } catch (IOException e) {
                LOG.error("certificates stay as they were: {}", e.getMessage());
            }
        }
    }

    EventLoopGroup group() {
        return group;
    }

    /** Stops accepting, closes all connections and frees the memory; returns when that is done. */
    public void stop() {
        if (stopping.compareAndSet(false, true)) {
            if (member != null) {
                member.leave();
            }
            listeners.close();
            sideListeners.close();
            if (member != null) {
                member.close();
            }
            group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
            services.store().close();
            stopped.countDown();
        }
    }

    /** Waits until the node has stopped, for whatever reason. */
    public void awaitTermination() throws InterruptedException {
        stopped.await();
    }

    @Override
    public void close() {
        stop();
    }
}
