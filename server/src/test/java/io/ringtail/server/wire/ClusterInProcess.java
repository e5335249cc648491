package io.ringtail.server.wire;

import io.ringtail.cluster.ring.Member;
import io.ringtail.cluster.ring.Ring;
import io.ringtail.cluster.ring.RingConfig;
import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.config.Setting;
import io.ringtail.server.node.Node;
import io.ringtail.server.peers.Reachability;
import io.ringtail.server.testing.FreePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Two nodes in this process, with ports such that the second owns all the keys that the tests use:
 * clients of the first see nothing but what was forwarded.
 */
final class ClusterInProcess implements WireServer {
    private static final int MOST_PORTS = 250;
    private static final int MOST_ROUNDS = 50;

    private final Node coordinator;
    private final Node owner;

    private ClusterInProcess(Node coordinator, Node owner) {
        this.coordinator = coordinator;
        this.owner = owner;
    }

    /** The second node owns each of {@code keys}. */
    static ClusterInProcess start(Set<String> keys) throws Exception {
        var names = names(keys);
        var cluster = new ClusterInProcess(node(names, 0), node(names, 1));
        Reachability.await(cluster.port(), keys.iterator().next());
        return cluster;
    }

    private static Node node(List<String> names, int number) throws IOException {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        String name = names.get(number);
        settings.put(Setting.PORT, name.substring(name.indexOf(':') + 1));
        settings.put(Setting.THREADS, "2");
        settings.put(Setting.MEMORY_LIMIT, "1024");
        settings.put(Setting.PEERS, String.join(",", names));
        settings.put(Setting.PEER_TIMEOUT, "60s");
        return Node.start(NodeConfig.of(settings));
    }

    /** Looks among other ports where no pair of them is such that one owns all keys. */
    private static List<String> names(Set<String> keys) throws IOException {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            var found = among(FreePorts.take(MOST_PORTS), keys);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new AssertionError("no two ports of many with one owner of " + keys);
    }

    private static Optional<List<String>> among(List<Integer> ports, Set<String> keys) {
        List<String> free = ports.stream().map(port -> "127.0.0.1:" + port).toList();
        return free.stream()
                .flatMap(one -> free.stream().map(other -> List.of(one, other)))
                .filter(pair -> !pair.get(0).equals(pair.get(1)) && ownsAll(pair, keys))
                .findFirst();
    }

    private static boolean ownsAll(List<String> names, Set<String> keys) {
        Ring ring = Ring.of(names.stream().map(Member::new).toList(), RingConfig.defaults());
        int owner = ring.indexOf(names.get(1));
        return keys.stream()
                .allMatch(key -> ring.ownerOf(key.getBytes(StandardCharsets.ISO_8859_1)) == owner);
    }

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public int port() {
        return coordinator.tcpPorts().getFirst();
    }

    /** To the node that owns the keys. */
    @Override
    public WireConnection control() {
        return new WireConnection(owner.tcpPorts().getFirst());
    }

    @Override
    public void close() {
        Stream.of(coordinator, owner).forEach(Node::close);
    }
}
