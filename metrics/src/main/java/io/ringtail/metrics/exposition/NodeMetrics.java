package io.ringtail.metrics.exposition;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.HTTPServer;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

/** All metrics of one node and its JVM, as text and on a port of their own. Thread-safe. */
public final class NodeMetrics {
    private final CollectorRegistry registry = new CollectorRegistry();

    /** {@code node} and {@code peers} are asked each time the metrics are. */
    public NodeMetrics(Supplier<NodeSnapshot> node, Supplier<List<PeerSnapshot>> peers) {
        // None collects when it is registered: nothing is set up before somebody asks.
        registry.register(new NodeCollector(node));
        registry.register(new PeerCollector(peers));
        registry.register(new JvmCollector());
    }

    /** Adds those of a cluster; {@code ring} is asked each time the metrics are. */
    public void showRing(Supplier<RingSnapshot> ring) {
        registry.register(new RingCollector(ring));
    }

    /** Prometheus' text format. */
    public String text() {
        var text = new StringWriter();
        try {
            TextFormat.write004(text, registry.metricFamilySamples());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Answers {@code GET /metrics} on this address; fails where it is taken. */
    public Endpoint open(InetSocketAddress address) throws IOException {
        return new Endpoint(new HTTPServer.Builder().withInetSocketAddress(address)
                .withRegistry(registry)
                .withDaemonThreads(true)
                .build());
    }

    /** An open port. */
    public static final class Endpoint implements AutoCloseable {
        private final HTTPServer server;

        private Endpoint(HTTPServer server) {
            this.server = server;
        }

        public int port() {
            return server.getPort();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
