package io.ringtail.server.node;

import io.netty.channel.EventLoop;
import io.ringtail.cluster.membership.Membership;
import io.ringtail.cluster.membership.MembershipException;
import io.ringtail.cluster.net.LoopPeers;
import io.ringtail.cluster.peer.ClusterView;
import io.ringtail.cluster.peer.Credentials;
import io.ringtail.cluster.peer.Greeting;
import io.ringtail.cluster.peer.HelloSettings;
import io.ringtail.cluster.peer.PeerStatus;
import io.ringtail.cluster.peer.Refusals;
import io.ringtail.cluster.ring.Member;
import io.ringtail.cluster.ring.Ring;
import io.ringtail.cluster.ring.RingConfig;
import io.ringtail.metrics.exposition.PeerSnapshot;
import io.ringtail.metrics.exposition.RingSnapshot;
import io.ringtail.server.config.InvalidSettingException;
import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.config.NodeConfig.Cluster;
import io.ringtail.server.execution.ClusterRouting;
import io.ringtail.server.http.NodeState.MemberRow;
import io.ringtail.server.net.NetworkTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What makes a node a member of a cluster: the ring, its place on it, and its peers. When the
 * members change, {@code members} gives all loops the new ring. Thread-safe.
 */
final class ClusterMember {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterMember.class);

    private final String name;
    private final RingConfig ringConfig;
    private final Membership membership;
    private final HelloSettings settings;
    private final Greeting greeting;
    private final List<LoopPeers> peers;
    private final List<? extends EventLoop> loops;
    private final ClusterRouting routing;
    private final Refusals refusals = new Refusals(System.nanoTime());
    private volatile Published published;

    /** A view, and how the node describes itself by it. */
    private record Published(ClusterView view, HelloSettings settings) {}

    /** Nothing is connected before {@link #open}, or a command that is to be forwarded. */
    ClusterMember(NodeConfig config, Members members, Credentials credentials,
            NetworkTransport transport, List<? extends EventLoop> loops) {
        var cluster = config.cluster();
        this.membership = members.membership();
        this.ringConfig = new RingConfig(cluster.ring());
        this.name = Objects.requireNonNull(cluster.advertise(), "a member has a name");
        this.settings = new HelloSettings(HelloSettings.VERSION, name, "", credentials.hasSecret(),
                ringConfig.text(), config.memory().maxItemBytes(), HelloSettings.FLAG_BITS,
                Members.REPLICAS, 0, List.of());
        this.published =
                published(ClusterView.of(Ring.of(members.first(), ringConfig), name, null));
        this.greeting = new Greeting(() -> published.settings, credentials, this::heard);
        this.loops = loops;
        this.peers = loops.stream()
                .map(loop -> transport.peers(loop, greeting, view(), cluster.peerTimeoutMillis()))
                .toList();
        this.routing = new ClusterRouting(peers);
    }

    private Published published(ClusterView view) {
        return new Published(view, settings.on(view.ring(), said(view)));
    }

    private List<String> said(ClusterView view) {
        var said = membership.said();
        return said.isEmpty() ? view.ring().members().stream().map(Member::name).toList() : said;
    }

    /** Not on the event loop that heard it: a ring takes its time. */
    private void heard(List<String> said) {
        Thread.ofVirtual().name("members").start(() -> membership.heard(said));
    }

    /** Reads the cluster's secret; fails where it is too short. */
    static Credentials credentials(@Nullable Path file) throws IOException {
        if (file == null) {
            return Credentials.none();
        }
        var secret = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        try {
            return Credentials.of(secret.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** What the node goes by; loops may be a turn behind. */
    ClusterView view() {
        return published.view;
    }

    ClusterRouting routing() {
        return routing;
    }

    Greeting greeting() {
        return greeting;
    }

    /** All members as this one sees them. */
    List<MemberRow> rows() {
        var view = view();
        var rows = new ArrayList<MemberRow>();
        for (int i = 0; i < view.peers().size(); i++) {
            var peer = view.peers().get(i);
            boolean self = i == view.self();
            boolean up = self || peer.state() == PeerStatus.State.CLOSED;
            rows.add(new MemberRow(peer.peer(), self, up ? "up" : "unreachable",
                    view.ring().members().get(i).weight(), view.ring().share(i)));
        }
        return rows;
    }

    Refusals refusals() {
        return refusals;
    }

    /** The cluster has these members from now on. */
    private synchronized void members(List<Member> members) {
        var ring = Ring.of(members, ringConfig);
        boolean sameRing = ring.epoch() == view().epoch();
        var view = sameRing ? view() : ClusterView.of(ring, name, view());
        published = published(view);
        if (!sameRing) {
            LOG.info("the ring has {} members now: {}", members.size(), view.names());
            each(links -> links.follow(view));
        }
    }

    /** Adds a member, HOST:PORT or HOST:PORT=WEIGHT; gives the reason where that cannot be. */
    @Nullable
    String add(String text) {
        try {
            var member = Cluster.member(text);
            if (!greeting.own().secret() && !Cluster.isLoopback(member)) {
                return "peers on other machines need a secret that all share";
            }
            var reason = membership.add(member);
            loops.getFirst().execute(peers.getFirst()::exchange);
            return reason;
        } catch (InvalidSettingException e) {
            return e.getMessage();
        }
    }

    /** Why the members are not known for certain; null where they are. */
    @Nullable
    String trouble() {
        return membership.trouble();
    }

    /** What the metrics say of each peer. */
    List<PeerSnapshot> peers() {
        return view().peers()
                .stream()
                .filter(peer -> !peer.peer().equals(name))
                .map(peer -> new PeerSnapshot(peer.peer(), peer.state().ordinal(), peer.counted()))
                .toList();
    }

    /** What the metrics say of the ring. */
    RingSnapshot ring() {
        var view = view();
        var nodes = new ArrayList<RingSnapshot.Node>();
        for (int i = 0; i < view.peers().size(); i++) {
            var peer = view.peers().get(i);
            nodes.add(new RingSnapshot.Node(peer.peer(), view.ring().share(i),
                    i == view.self() || peer.isClosed()));
        }
        return new RingSnapshot(view.epoch(), nodes,
                membership.asksEtcd() ? membership.trouble() == null : null);
    }

    private void each(Consumer<LoopPeers> action) {
        for (int i = 0; i < peers.size(); i++) {
            var links = peers.get(i);
            loops.get(i).execute(() -> action.accept(links));
        }
    }

    /**
     * Becomes a member, and opens the connections to the others; commands need not wait for that.
     */
    void open() throws IOException {
        try {
            membership.join(this::members);
        } catch (MembershipException e) {
            throw new IOException(e.getMessage(), e);
        }
        each(LoopPeers::open);
    }

    /** Tells the others to count without this node, which goes on serving. */
    void leave() {
        membership.close();
    }

    /** Closes the connections to the peers; commands on their way fail. */
    void close() {
        each(LoopPeers::close);
    }
}
