package io.ringtail.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All settings of one node. Immutable; {@code extended} holds the -o sub-options as given, for
 * stats settings.
 */
public record NodeConfig(Listening listening, Memory memory, Limits limits, Security security,
        Cluster cluster, Transport transport, int threads, int verbosity,
        Map<String, String> extended) {

    public enum Transport {
        AUTO, EPOLL, IO_URING, NIO
    }

    /**
     * Where clients connect. port 0: no TCP unless {@code listen} names ports; udpPort 0: no UDP.
     */
    public record Listening(List<String> addresses, int port, int udpPort,
            @Nullable Path unixSocket, int unixMask, int backlog, BindingProtocol protocol) {}

    public enum BindingProtocol {
        AUTO, ASCII, BINARY
    }

    /** Sizes in bytes. */
    public record Memory(long limitBytes, int maxItemBytes, boolean evictions, boolean cas,
            String eviction, boolean largePages, boolean lockPages, double growthFactor,
            int chunkSize) {}

    /** connections: -c; requestsPerEvent: -R; maxInflight: --max-inflight. */
    public record Limits(int connections, int requestsPerEvent, int idleTimeoutSeconds,
            int maxInflight, boolean flushEnabled, boolean dumpEnabled, boolean watchEnabled,
            boolean shutdownEnabled, char prefixDelimiter, boolean prefixStats,
            boolean trackSizes) {}

    public record Security(@Nullable Path authFile, boolean sasl, @Nullable Tls tls) {}

    public record Tls(Path certificateChain, Path key, @Nullable Path caCertificates,
            int verifyMode, @Nullable String ciphers, String minVersion) {}

    /** A member of a cluster where {@code peers} is not empty. */
    public record Cluster(List<String> peers, @Nullable String advertise, @Nullable Path secretFile,
            int peerTimeoutMillis) {}
}
