package io.ringtail.loadgen.metrics;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.HTTPServer;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Answers Prometheus over HTTP. Thread-safe. */
public final class MetricsPort implements AutoCloseable {
    private static final int NEXT_PORTS = 20;

    private final HTTPServer server;
    private final int port;

    private MetricsPort(HTTPServer server) {
        this.server = server;
        this.port = server.getPort();
    }

    /** At that address; with {@code movable}, at the next port that is free. */
    public static MetricsPort open(InetSocketAddress address, boolean movable, LoadMetrics metrics)
            throws IOException {
        var registry = new CollectorRegistry();
        registry.register(metrics);
        DefaultExports.register(registry);
        for (int i = 0;; i++) {
            try {
                var next = new InetSocketAddress(address.getAddress(), address.getPort() + i);
                return new MetricsPort(new HTTPServer(next, registry, true));
            } catch (IOException e) {
                if (!movable || i == NEXT_PORTS) {
                    throw e;
                }
            }
        }
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        server.close();
    }
}
