package io.ringtail.server.peers;

import io.ringtail.server.config.Setting;
import io.ringtail.server.live.LiveNode;
import io.ringtail.server.live.TextConnection;
import io.ringtail.server.testing.FreePorts;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A cluster of two nodes in this process. The first reaches the second by way of a proxy that can
 * delay what passes.
 */
final class TwoNodes implements AutoCloseable {
    private final Keys keys;
    private final List<LiveNode> nodes;
    private final DelayingProxy proxy;

    private TwoNodes(Keys keys, List<LiveNode> nodes, DelayingProxy proxy) {
        this.keys = keys;
        this.nodes = nodes;
        this.proxy = proxy;
    }

    static TwoNodes start(Map<Setting, String> settings) throws Exception {
        var ports = FreePorts.take(2);
        var proxy = new DelayingProxy(ports.get(1));
        var names = List.of("127.0.0.1:" + ports.get(0), "127.0.0.1:" + proxy.port());
        var first = node(ports.get(0), names.get(0), names, settings);
        var second = node(ports.get(1), names.get(1), names, settings);
        var keys = Keys.of(names);
        Reachability.await(first.port(), keys.ownedBy(1, 0));
        Reachability.await(second.port(), keys.ownedBy(0, 0));
        return new TwoNodes(keys, List.of(first, second), proxy);
    }

    private static LiveNode node(int port, String name, List<String> names,
            Map<Setting, String> settings) throws IOException {
        var all = new EnumMap<Setting, String>(Setting.class);
        all.put(Setting.PORT, Integer.toString(port));
        all.put(Setting.PEERS, String.join(",", names));
        all.put(Setting.ADVERTISE, name);
        all.put(Setting.PEER_TIMEOUT, "60s");
        all.putAll(settings);
        return LiveNode.start(all);
    }

    Keys keys() {
        return keys;
    }

    /** Delays what passes between the nodes; only what the first forwards to the second. */
    DelayingProxy proxy() {
        return proxy;
    }

    int port(int node) {
        return nodes.get(node).port();
    }

    /** What the first node tells Prometheus. */
    int metricsPort() {
        return nodes.getFirst().metricsPort();
    }

    /** Stops the second node. */
    void stopSecond() throws IOException {
        nodes.getLast().close();
    }

    int httpPort(int node) {
        return nodes.get(node).httpPort();
    }

    TextConnection connect(int node) throws IOException {
        return nodes.get(node).connect();
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        nodes.forEach(LiveNode::close);
    }
}
