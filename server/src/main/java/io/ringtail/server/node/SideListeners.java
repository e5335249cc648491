package io.ringtail.server.node;

import io.ringtail.metrics.exposition.NodeMetrics;
import io.ringtail.metrics.exposition.NodeMetrics.Endpoint;
import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.config.NodeConfig.SidePorts;
import io.ringtail.server.config.SidePort;
import io.ringtail.server.http.HttpListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a node listens on beside its clients. Owner: the thread that starts and stops the node. */
final class SideListeners implements AutoCloseable {
    /** How many ports behind a taken one that nobody asked for are tried. */
    private static final int PORTS_TRIED = 100;

    private @Nullable HttpListener http;
    private @Nullable Endpoint metrics;

    /** Opens a port at one address. */
    interface Opener<T> {
        T open(InetSocketAddress address) throws IOException;
    }

    /** Opens what {@code ports} names; fails with the address that cannot be had. */
    void open(SidePorts ports, NodeMetrics nodeMetrics, Opener<HttpListener> httpOpener)
            throws IOException {
        var metricsPort = ports.metrics();
        metrics = metricsPort == null ? null : open(metricsPort, nodeMetrics::open);
        var httpPort = ports.http();
        http = httpPort == null ? null : open(httpPort, httpOpener);
    }

    /** The names with dots that HTTP clients may call this node by. */
    static Set<String> hostNames(NodeConfig config) {
        var names = new HashSet<String>();
        var port = config.sidePorts().http();
        if (port != null) {
            names.add(port.host().toLowerCase(Locale.ROOT));
        }
        var advertised = config.cluster().advertise();
        if (advertised != null) {
            names.add(
                    advertised.substring(0, advertised.lastIndexOf(':')).toLowerCase(Locale.ROOT));
        }
        return Set.copyOf(names);
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

    /** The port of HTTP; null where there is none. */
    @Nullable
    Integer httpPort() {
        return http == null ? null : http.port();
    }

    @Override
    public void close() {
        if (http != null) {
            http.close();
            http = null;
        }
        if (metrics != null) {
            metrics.close();
            metrics = null;
        }
    }
}
