package io.ringtail.server.node;

import io.ringtail.cluster.etcd.EtcdConfig;
import io.ringtail.cluster.etcd.EtcdMembers;
import io.ringtail.cluster.membership.Membership;
import io.ringtail.cluster.membership.MembershipException;
import io.ringtail.cluster.membership.NamedMembers;
import io.ringtail.cluster.membership.StaticMembers;
import io.ringtail.cluster.peer.HelloSettings;
import io.ringtail.cluster.ring.Member;
import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.config.NodeConfig.Cluster;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the members come from, and who they are to begin with. Immutable.
 *
 * @param first this node included
 */
record Members(Membership membership, List<Member> first) {
    static final int REPLICAS = 1;
    private static final Duration NAMES_EVERY = Duration.ofSeconds(5);

    /** Null where the node is alone; fails where it may not be a member. */
    static @Nullable Members of(NodeConfig config, Clock clock) throws IOException {
        var cluster = config.cluster();
        if (!cluster.isMember()) {
            return null;
        }
        var membership = membership(config, clock);
        try {
            return new Members(membership, membership.begin());
        } catch (MembershipException e) {
            membership.close();
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Membership membership(NodeConfig config, Clock clock) {
        var cluster = config.cluster();
        var etcd = cluster.etcd();
        var name = cluster.peersName();
        if (etcd != null) {
            return new EtcdMembers(new EtcdConfig(etcd.endpoints(), etcd.cluster(), etcd.id(),
                    self(cluster), etcd.leaseSeconds(), parameters(config)));
        }
        return name == null ? new StaticMembers(cluster.peers(), clock)
                : new NamedMembers(() -> addresses(name), self(cluster), NAMES_EVERY);
    }

    private static Member self(Cluster cluster) {
        return new Member(Objects.requireNonNull(cluster.advertise()), cluster.weight());
    }

    /** What all members must have alike, named as the settings are. */
    private static Map<String, String> parameters(NodeConfig config) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("peer-protocol", Integer.toString(HelloSettings.VERSION));
        parameters.put("--ring", config.cluster().ring().text());
        parameters.put("--max-item-size", Integer.toString(config.memory().maxItemBytes()));
        parameters.put("flag-bits", Integer.toString(HelloSettings.FLAG_BITS));
        parameters.put("replicas", Integer.toString(REPLICAS));
        return parameters;
    }

    private static List<String> addresses(String name) throws IOException {
        int colon = name.lastIndexOf(':');
        var host = name.substring(0, colon);
        return Arrays.stream(InetAddress.getAllByName(host))
                .map(InetAddress::getHostAddress)
                .map(address -> address.indexOf(':') >= 0 ? "[" + address + "]" : address)
                .map(address -> address + name.substring(colon))
                .toList();
    }
}
