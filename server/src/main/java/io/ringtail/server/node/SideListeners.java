package io.ringtail.server.node;

import io.ringtail.metrics.exposition.NodeMetrics;
import io.ringtail.metrics.exposition.NodeMetrics.Endpoint;
import io.ringtail.server.config.NodeConfig.SidePorts;
import io.ringtail.server.config.SidePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** What a node listens on beside its clients. Owner: the thread that starts and stops the node. */
final class SideListeners implements AutoCloseable {
    /** How many ports behind a taken one that nobody asked for are tried. */
    private static final int PORTS_TRIED = 100;

    private @Nullable Endpoint metrics;

    private interface Opener<T> {
        T open(InetSocketAddress address) throws IOException;
    }

    /** Opens what {@code ports} names; fails with the address that cannot be had. */
    void open(SidePorts ports, NodeMetrics nodeMetrics) throws IOException {
        var port = ports.metrics();
        metrics = port == null ? null : open(port, nodeMetrics::open);
    }

    private static <T> T open(SidePort port, Opener<T> opener) throws IOException {
        var host = port.isWildcard() ? null : resolve(port.host());
        int last = port.asked() || port.port() == 0 ? port.port()
                : Math.min(port.port() + PORTS_TRIED, 65535);
        for (int number = port.port();; number++) {
            try {
                return opener.open(new InetSocketAddress(host, number));
            } catch (IOException e) {
                if (number >= last) {
                    throw new IOException(
                            "cannot listen on " + port.withPort(number) + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private static InetAddress resolve(String host) throws IOException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IOException("cannot listen on " + host + ": unknown host", e);
        }
    }

    /** The port of the metrics; null where they have none. */
    @Nullable
    Integer metricsPort() {
        return metrics == null ? null : metrics.port();
    }

    @Override
    public void close() {
        if (metrics != null) {
            metrics.close();
            metrics = null;
        }
    }
}
