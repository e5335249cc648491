package io.ringtail.server.config;

import static io.ringtail.server.config.Setting.ADVERTISE;
import static io.ringtail.server.config.Setting.CLUSTER_SECRET_FILE;
import static io.ringtail.server.config.Setting.PEERS;
import static io.ringtail.server.config.Setting.PEER_TIMEOUT;

import io.ringtail.server.config.NodeConfig.Cluster;
import io.ringtail.server.config.NodeConfig.Listening;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what concerns the other members of a cluster. */
final class ClusterReader {
    private static final int DEFAULT_PORT = 11211;

    private final SettingValues values;
    private final Listening listening;

    ClusterReader(SettingValues values, Listening listening) {
        this.values = values;
        this.listening = listening;
    }

    Cluster cluster() {
        var peers = peers();
        var advertise = advertise(!peers.isEmpty());
        if (!peers.isEmpty() && peers.stream().noneMatch(it -> it.toString().equals(advertise))) {
            throw values.wrong(ADVERTISE, advertise + " is not among the peers, which are all "
                    + "members, this node too, spelled the same on each");
        }
        var secret = values.path(CLUSTER_SECRET_FILE);
        if (secret != null && !Files.isReadable(secret)) {
            throw values.wrong(CLUSTER_SECRET_FILE, "cannot read the file " + secret);
        }
        if (secret == null && !peers.stream().allMatch(HostPort::isLoopback)) {
            throw values.wrong(PEERS, "peers on other machines need a secret that all share: "
                    + "--cluster-secret-file FILE");
        }
        return new Cluster(peers.stream().map(HostPort::toString).toList(), advertise, secret,
                values.read(PEER_TIMEOUT,
                        text -> Quantity.millis(text, Bounds.PEER_TIMEOUT_MILLIS)));
    }

    private List<HostPort> peers() {
        return values.text(PEERS) == null ? List.of() : values.read(PEERS, text -> {
            var peers = Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(it -> !it.isEmpty())
                    .map(it -> HostPort.parse(it, DEFAULT_PORT))
                    .toList();
            if (new HashSet<>(peers).size() < peers.size()) {
                throw new InvalidSettingException("a peer is named twice");
            }
            if (peers.size() > Bounds.MAX_PEERS) {
                throw new InvalidSettingException("more than " + Bounds.MAX_PEERS + " peers");
            }
            return peers;
        });
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
