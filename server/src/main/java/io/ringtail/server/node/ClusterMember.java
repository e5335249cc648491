package io.ringtail.server.node;

import io.netty.channel.EventLoop;
import io.ringtail.cluster.net.LoopPeers;
import io.ringtail.cluster.peer.Credentials;
import io.ringtail.cluster.peer.Greeting;
import io.ringtail.cluster.peer.HelloSettings;
import io.ringtail.cluster.peer.PeerReport;
import io.ringtail.cluster.peer.Refusals;
import io.ringtail.cluster.ring.Member;
import io.ringtail.cluster.ring.Ring;
import io.ringtail.cluster.ring.RingConfig;
import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.execution.ClusterRouting;
import io.ringtail.server.net.NetworkTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What makes a node a member of a cluster: the ring, its place on it, and its peers. */
final class ClusterMember {
    private static final int REPLICAS = 1;

    private final Ring ring;
    private final int self;
    private final Greeting greeting;
    private final List<LoopPeers> peers;
    private final List<? extends EventLoop> loops;
    private final ClusterRouting routing;
    private final Refusals refusals = new Refusals(System.nanoTime());

    /** Nothing is connected before {@link #open}, or a command that is to be forwarded. */
    ClusterMember(NodeConfig config, Credentials credentials, NetworkTransport transport,
            List<? extends EventLoop> loops) {
        var cluster = config.cluster();
        var name = Objects.requireNonNull(cluster.advertise(), "a member has a name");
        this.ring =
                Ring.of(cluster.peers().stream().map(Member::new).toList(), RingConfig.defaults());
        this.self = ring.indexOf(name);
        if (self < 0) {
            throw new IllegalArgumentException(name + " is not among the peers");
        }
        var members = ring.members().stream().map(Member::name).toList();
        this.greeting = new Greeting(new HelloSettings(HelloSettings.VERSION, name, "",
                credentials.hasSecret(), ring.config().text(), config.memory().maxItemBytes(),
                HelloSettings.FLAG_BITS, REPLICAS, ring.epoch(), members), credentials);
        this.loops = loops;
        var reports = members.stream().map(PeerReport::new).toList();
        this.peers = loops.stream()
                .map(loop -> transport.peers(loop, greeting, reports, cluster.peerTimeoutMillis()))
                .toList();
        this.routing = new ClusterRouting(ring, self, peers);
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

    ClusterRouting routing() {
        return routing;
    }

    Greeting greeting() {
        return greeting;
    }

    Refusals refusals() {
        return refusals;
    }

    /** Opens the connections to the peers; commands need not wait for that. */
    void open() {
        for (int i = 0; i < peers.size(); i++) {
            var links = peers.get(i);
            for (int member = 0; member < ring.members().size(); member++) {
                int index = member;
                if (member != self) {
                    loops.get(i).execute(() -> links.open(index));
                }
            }
        }
    }

    /** Closes the connections to the peers; commands on their way fail. */
    void close() {
        for (int i = 0; i < peers.size(); i++) {
            loops.get(i).execute(peers.get(i)::close);
        }
    }
}
