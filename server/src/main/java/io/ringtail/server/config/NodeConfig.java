package io.ringtail.server.config;

import io.ringtail.cluster.ring.Member;
import io.ringtail.cluster.ring.RingKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All settings of one node. Immutable. Made by {@link ConfigReader}, which checks every value and
 * the relations between them.
 */
public record NodeConfig(Listening listening, Memory memory, Limits limits, Security security,
        Cluster cluster, SidePorts sidePorts, Process process, Extended extended,
        Transport transport, int threads, int verbosity) {

    /** What {@code ringtail serve} uses where nothing is set, but no side ports. */
    public static NodeConfig defaults() {
        return of(Map.of());
    }

    /**
     * The settings of {@code ringtail serve} with these, named as on the command line; side ports
     * only where these ask for them.
     */
    public static NodeConfig of(Map<Setting, String> settings) {
        var values = new SettingValues(Form.SERVE);
        values.put(Setting.HTTP, SidePort.OFF, new Source.Default());
        values.put(Setting.METRICS, SidePort.OFF, new Source.Default());
        settings.forEach(
                (setting, text) -> values.put(setting, text, new Source.Flag(setting.key())));
        return ConfigReader.read(values, Surroundings.none()).config();
    }

    public enum Transport {
        AUTO, EPOLL, IO_URING, NIO
    }

    public enum BindingProtocol {
        AUTO, ASCII, BINARY
    }

    public enum LogFormat {
        TEXT, JSON
    }

    public enum Eviction {
        S3FIFO, LRU
    }

    /**
     * Where clients connect. {@code tcp} and {@code udp} are what to bind, in order, with the rules
     * of -p, -U, -l and -s applied; {@code port}, {@code udpPort} and {@code listen} are the flags
     * as given, for reports. {@code portFile}: where to write the ports that were bound.
     */
    public record Listening(List<ListenAddress> tcp, List<ListenAddress> udp, int port, int udpPort,
            @Nullable String listen, @Nullable Path unixSocket, int unixMask, int backlog,
            BindingProtocol protocol, @Nullable Path portFile) {}

    /**
     * Sizes in bytes. {@code growthFactor} and {@code chunkSize} (-f, -n) shape the size classes
     * that {@code stats slabs} and {@code stats items} report by.
     */
    public record Memory(long limitBytes, int maxItemBytes, boolean evictions, boolean cas,
            Eviction eviction, boolean largePages, boolean lockPages, double growthFactor,
            int chunkSize) {}

    /**
     * {@code rejectFast}: a connection above {@code connections} is told so and closed; otherwise
     * it waits unaccepted. {@code requestsPerEvent} is -R for reports; {@code commandsPerTurn} is
     * what holds: where -R was not given, only the size of a read ends a connection's turn.
     * {@code connectionBufferBytes} and {@code nodeBufferBytes} bound what is
     * buffered for clients that do not read. {@code idleTimeoutSeconds} 0: never.
     */
    public record Limits(int connections, boolean rejectFast, int requestsPerEvent,
            int commandsPerTurn, int idleTimeoutSeconds, int maxInflight,
            long connectionBufferBytes, long nodeBufferBytes, int watcherBufferBytes,
            Commands commands) {}

    /** Which optional commands and statistics are on. */
    public record Commands(boolean flush, boolean dump, boolean watch, boolean shutdown,
            boolean crawler, boolean prefixStats, char prefixDelimiter, boolean trackSizes) {}

    /** {@code authFile}: users of the text protocol; {@code saslFile}: of the binary one. */
    public record Security(@Nullable Path authFile, boolean sasl, @Nullable Path saslFile,
            @Nullable Tls tls) {}

    /** PEM files unless {@code keyFormat} says DER. {@code verifyMode}: as ssl_verify_mode. */
    public record Tls(Path certificateChain, @Nullable Path key, KeyFormat keyFormat,
            @Nullable Path caCertificates, int verifyMode, List<String> ciphers, String minVersion,
            boolean sessionCache) {
        public enum KeyFormat {
            PEM, DER;

            /** As OpenSSL numbers its file types. */
            public int openSslNumber() {
                return this == PEM ? 1 : 2;
            }
        }
    }

    /**
     * How the node is a member of a cluster. Addresses are HOST:PORT; {@code advertise} is this
     * node's own, with its {@code weight}. {@code peers} are the members that are listed, itself
     * included; {@code peersName} is a name whose addresses they are; {@code etcd} knows them. None
     * of the three: a single node.
     */
    public record Cluster(List<Member> peers, @Nullable String peersName, @Nullable Etcd etcd,
            RingKind ring, @Nullable String advertise, int weight, @Nullable Path secretFile,
            int peerTimeoutMillis) {
        public boolean isMember() {
            return !peers.isEmpty() || peersName != null || etcd != null;
        }

        /** A member in words, HOST[:PORT][=WEIGHT]; fails with InvalidSettingException. */
        public static Member member(String text) {
            return ClusterReader.peer(text);
        }

        /** Whether the member's address is of this machine only. */
        public static boolean isLoopback(Member member) {
            return HostPort.parse(member.name(), ClusterReader.DEFAULT_PORT).isLoopback();
        }
    }

    /** {@code cluster}: its name; {@code id}: this node's own. */
    public record Etcd(List<String> endpoints, String cluster, String id, int leaseSeconds) {}

    /** Where people and their tools look into the node; null: nowhere. */
    public record SidePorts(@Nullable SidePort http, @Nullable SidePort metrics) {}

    /**
     * What the process asks of the operating system, and how it talks to it. {@code timeTurns}:
     * whether it measures the CPU time of each turn of an event loop.
     */
    public record Process(boolean daemon, @Nullable String user, @Nullable Path pidFile,
            boolean coreDumps, LogFormat logFormat, boolean timeTurns) {}
}
