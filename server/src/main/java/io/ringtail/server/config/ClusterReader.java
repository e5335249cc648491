package io.ringtail.server.config;

import static io.ringtail.server.config.Setting.ADVERTISE;
import static io.ringtail.server.config.Setting.CLUSTER;
import static io.ringtail.server.config.Setting.CLUSTER_SECRET_FILE;
import static io.ringtail.server.config.Setting.ETCD;
import static io.ringtail.server.config.Setting.LEASE;
import static io.ringtail.server.config.Setting.NODE_ID;
import static io.ringtail.server.config.Setting.PEERS;
import static io.ringtail.server.config.Setting.PEER_TIMEOUT;
import static io.ringtail.server.config.Setting.RING;
import static io.ringtail.server.config.Setting.WEIGHT;

import io.ringtail.cluster.ring.Member;
import io.ringtail.cluster.ring.RingKind;
import io.ringtail.server.config.NodeConfig.Cluster;
import io.ringtail.server.config.NodeConfig.Etcd;
import io.ringtail.server.config.NodeConfig.Listening;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what concerns the other members of a cluster. */
final class ClusterReader {
    static final int DEFAULT_PORT = 11211;
    private static final String DNS = "dns:";

    private final SettingValues values;
    private final Listening listening;

    ClusterReader(SettingValues values, Listening listening) {
        this.values = values;
        this.listening = listening;
    }

    Cluster cluster() {
        var name = peersName();
        var peers = name == null ? peers() : List.<Member>of();
        boolean etcd = values.text(ETCD) != null;
        if (etcd && values.text(PEERS) != null) {
            throw values.wrong(ETCD, "the members are in etcd, or listed with --peers: not both");
        }
        var advertise = advertise(etcd || name != null || !peers.isEmpty());
        var cluster = new Cluster(peers, name, etcd ? etcd(advertise) : null, ring(advertise),
                advertise, weight(peers, advertise), secret(), values.read(PEER_TIMEOUT,
                        text -> Quantity.millis(text, Bounds.PEER_TIMEOUT_MILLIS)));
        check(cluster);
        return cluster;
    }

    private void check(Cluster cluster) {
        if (cluster.etcd() == null && values.text(NODE_ID) != null) {
            throw values.wrong(NODE_ID, "is for the members that --etcd knows");
        }
        if (cluster.secretFile() == null && cluster.isMember()
                && !addresses(cluster).allMatch(HostPort::isLoopback)) {
            throw values.wrong(cluster.etcd() == null ? PEERS : ETCD,
                    "peers on other machines need a secret that all share: "
                            + "--cluster-secret-file FILE");
        }
    }

    private static Stream<HostPort> addresses(Cluster cluster) {
        return Stream
                .concat(cluster.peers().stream().map(Member::name),
                        Stream.of(cluster.advertise(), cluster.peersName()))
                .filter(Objects::nonNull)
                .map(it -> HostPort.parse(it, DEFAULT_PORT));
    }

    private @Nullable Path secret() {
        var secret = values.path(CLUSTER_SECRET_FILE);
        if (secret != null && !Files.isReadable(secret)) {
            throw values.wrong(CLUSTER_SECRET_FILE, "cannot read the file " + secret);
        }
        return secret;
    }

    private @Nullable String peersName() {
        var text = values.text(PEERS);
        return text == null || !text.startsWith(DNS) ? null
                : values.read(PEERS, it -> HostPort.parse(it.substring(DNS.length()), DEFAULT_PORT))
                        .toString();
    }

    private List<Member> peers() {
        return values.text(PEERS) == null ? List.of() : values.read(PEERS, text -> {
            var peers = Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(it -> !it.isEmpty())
                    .map(ClusterReader::peer)
                    .toList();
            if (peers.stream().map(Member::name).distinct().count() < peers.size()) {
                throw new InvalidSettingException("a peer is named twice");
            }
            if (peers.size() > Bounds.MAX_PEERS) {
                throw new InvalidSettingException("more than " + Bounds.MAX_PEERS + " peers");
            }
            return peers;
        });
    }

    /** A member in words, HOST:PORT=WEIGHT; the port may be left out, and the weight. */
    static Member peer(String text) {
        int equals = text.lastIndexOf('=');
        var address = equals < 0 ? text : text.substring(0, equals);
        return new Member(HostPort.parse(address, DEFAULT_PORT).toString(),
                equals < 0 ? 1 : Quantity.integer(text.substring(equals + 1), Bounds.WEIGHT));
    }

    /** Where the members are listed, the list has it. */
    private int weight(List<Member> peers, @Nullable String advertise) {
        int weight = values.integer(WEIGHT, Bounds.WEIGHT);
        if (peers.isEmpty()) {
            return weight;
        }
        Optional<Member> self = peers.stream().filter(it -> it.name().equals(advertise)).findAny();
        if (self.isEmpty()) {
            throw values.wrong(ADVERTISE, advertise + " is not among the peers, which are all "
                    + "members, this node too, spelled the same on each");
        }
        int listed = self.get().weight();
        if (values.isGiven(WEIGHT) && listed != weight) {
            throw values.wrong(WEIGHT, "--peers has " + listed + " for this node, and all members "
                    + "go by that: " + advertise + "=" + weight);
        }
        return listed;
    }

    private RingKind ring(@Nullable String advertise) {
        var kind = values.read(RING, text -> {
            try {
                return RingKind.of(text);
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException(String.valueOf(e.getMessage()));
            }
        });
        if (kind == RingKind.KETAMA_SPY && advertise != null
                && !HostPort.parse(advertise, DEFAULT_PORT).isNumeric()) {
            throw values.wrong(RING, "ketama-spy needs numeric addresses, since spymemcached names "
                    + "nodes by what their names resolve to: --advertise IP:PORT");
        }
        return kind;
    }

    private Etcd etcd(@Nullable String advertise) {
        var endpoints = values.read(ETCD,
                text -> Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(it -> !it.isEmpty())
                        .map(ClusterReader::endpoint)
                        .toList());
        if (endpoints.isEmpty()) {
            throw values.wrong(ETCD, "no address is given");
        }
        var id = values.text(NODE_ID) == null ? advertise : values.text(NODE_ID);
        return new Etcd(endpoints, word(CLUSTER, values.text(CLUSTER)), word(NODE_ID, id),
                values.read(LEASE, text -> Quantity.millis(text, Bounds.LEASE_MILLIS)) / 1000);
    }

    private static String endpoint(String text) {
        if (!text.startsWith("http://")) {
            throw new InvalidSettingException("'" + text + "' is not http://HOST:PORT");
        }
        var address = text.substring("http://".length());
        return "http://" + HostPort.parse(
                address.endsWith("/") ? address.substring(0, address.length() - 1) : address, 2379);
    }

    private String word(Setting setting, @Nullable String text) {
        if (text == null || !text.matches("[A-Za-z0-9._:\\[\\]-]{1," + Bounds.MAX_NAME + "}")) {
            throw values.wrong(setting, "'" + text + "' is not a word of letters, digits and "
                    + ". _ - : with at most " + Bounds.MAX_NAME + " characters");
        }
        return text;
    }

    /** Unless given, the one address that this node listens on. */
    private @Nullable String advertise(boolean isMember) {
        if (values.text(ADVERTISE) != null) {
            return values.read(ADVERTISE, text -> HostPort.parse(text, DEFAULT_PORT)).toString();
        }
        if (!isMember) {
            return null;
        }
        if (listening.tcp().size() != 1 || listening.tcp().getFirst().isWildcard()
                || listening.tcp().getFirst().port() == 0) {
            throw values.wrong(ADVERTISE,
                    "say how peers and clients spell this node's address: --advertise HOST:PORT");
        }
        return listening.tcp().getFirst().toString();
    }
}
