package io.ringtail.server.live;

import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.config.Setting;
import io.ringtail.server.node.Node;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** A running node on a free port of the loopback. */
public final class LiveNode implements AutoCloseable {
    private final MovableClock clock = new MovableClock();
    private final Node node;

    private LiveNode(Map<Setting, String> settings) throws IOException {
        var all = new EnumMap<Setting, String>(Setting.class);
        all.put(Setting.PORT, "-1");
        all.put(Setting.THREADS, "2");
        all.putAll(settings);
        node = Node.start(NodeConfig.of(all), clock);
    }

    public static LiveNode start(Map<Setting, String> settings) throws IOException {
        return new LiveNode(settings);
    }

    public MovableClock clock() {
        return clock;
    }

    public int port() {
        return node.tcpPorts().getFirst();
    }

    public int httpPort() {
        return Objects.requireNonNull(node.httpPort());
    }

    public int metricsPort() {
        return Objects.requireNonNull(node.metricsPort());
    }

    public TextConnection connect() throws IOException {
        return new TextConnection(port());
    }

    public void awaitTermination() throws InterruptedException {
        node.awaitTermination();
    }

    @Override
    public void close() {
        node.close();
    }
}
