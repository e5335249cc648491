package io.ringtail.server.members;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.config.Setting;
import io.ringtail.server.live.TextConnection;
import io.ringtail.server.node.Node;
import io.ringtail.server.testing.FreePorts;
import io.ringtail.server.testing.Patience;
import io.ringtail.server.testing.Scrape;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members that are listed, and one that is added while the others serve. */
@Timeout(240)
final class StaticMembersIT {
    private static final int KEYS = 200;

    private static Node node(int port, List<Integer> peers, String ring) throws IOException {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(Setting.PORT, Integer.toString(port));
        settings.put(Setting.THREADS, "2");
        settings.put(Setting.PEERS,
                String.join(",", peers.stream().map(peer -> "127.0.0.1:" + peer).toList()));
        settings.put(Setting.PEER_TIMEOUT, "60s");
        settings.put(Setting.METRICS, ":0");
        settings.put(Setting.HTTP, ":0");
        settings.put(Setting.RING, ring);
        return Node.start(NodeConfig.of(settings));
    }

    private static Scrape scrape(Node node) throws Exception {
        return Scrape.of(Objects.requireNonNull(node.metricsPort()));
    }

    private static String setPeer(Node node, String peer) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + node.httpPort() + "/setpeer");
        var request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("peer=" + peer))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).body().strip();
        }
    }

    private static void awaitOneRing(int members, Node... nodes) throws Exception {
        Patience.until(() -> {
            double epoch = scrape(nodes[0]).value("ringtail_ring_epoch");
            for (var node : nodes) {
                var now = scrape(node);
                if (now.lines("ringtail_ring_share{") != members
                        || now.value("ringtail_ring_epoch") != epoch
                        || now.value("ringtail_members{state=\"reachable\"") != members) {
                    return false;
                }
            }
            return true;
        }, () -> "the nodes do not agree on members=" + members);
    }

    /** Sets and gets as long as it takes until the owners of all keys are reached. */
    private static void assertServes(Node one, Node other) throws Exception {
        try (var setting = new TextConnection(one.tcpPorts().getFirst());
                var getting = new TextConnection(other.tcpPorts().getFirst())) {
            for (int i = 0; i < KEYS; i++) {
                var key = "key" + i;
                Patience.until(() -> setting.set(key, 0, "v").equals("STORED")
                        && getting.list("get " + key).equals(List.of("VALUE " + key + " 0 1", "v")),
                        () -> key + " is not there");
            }
        }
    }

    @Test
    void memberThatIsAddedOnOneNodeIsKnownToAll() throws Exception {
        var ports = FreePorts.take(3);
        try (var first = node(ports.get(0), ports.subList(0, 2), "ketama");
                var second = node(ports.get(1), ports.subList(0, 2), "ketama");
                var added = node(ports.get(2), List.of(ports.get(0), ports.get(2)), "ketama")) {
            awaitOneRing(2, first, second);
            assertServes(first, second);
            assertEquals("done", setPeer(first, "127.0.0.1:" + ports.get(2)));
            awaitOneRing(3, first, second, added);
            assertServes(added, second);
            assertServes(second, added);
            assertEquals("{\"error\":\"peers on other machines need a secret that all share\"}",
                    setPeer(first, "10.0.0.1"));
        }
    }

    @Test
    void fastRingServes() throws Exception {
        var ports = FreePorts.take(2);
        try (var first = node(ports.get(0), ports, "fast");
                var second = node(ports.get(1), ports, "fast")) {
            awaitOneRing(2, first, second);
            assertServes(first, second);
        }
    }
}
