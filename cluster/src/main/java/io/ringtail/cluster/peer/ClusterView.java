package io.ringtail.cluster.peer;

import io.ringtail.cluster.ring.Ring;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a node goes by: a ring and its own place on it. When the members change, a new view is
 * published to all loops, each of which changes over between two commands. Immutable.
 *
 * @param self this node's index on the ring; -1 while it is not on it, so that all keys are others'
 * @param peers the members in the ring's order, this node too; who stays a member stays the same
 *     object from view to view
 */
public record ClusterView(Ring ring, int self, List<PeerStatus> peers) {
    public ClusterView {
        peers = List.copyOf(peers);
        if (peers.size() != ring.members().size() || self < -1 || self >= peers.size()) {
            throw new IllegalArgumentException("members=" + ring.members().size() + " peers="
                    + peers.size() + " self=" + self);
        }
    }

    /** The view of the node {@code name} after {@code before}; null: its first. */
    public static ClusterView of(Ring ring, String name, @Nullable ClusterView before) {
        var known = before == null ? Map.<String, PeerStatus>of()
                : before.peers.stream()
                        .collect(Collectors.toMap(PeerStatus::peer, Function.identity()));
        var peers = ring.members()
                .stream()
                .map(member -> known.getOrDefault(member.name(), new PeerStatus(member.name())))
                .toList();
        return new ClusterView(ring, ring.indexOf(name), peers);
    }

    /** The members' names, for people. */
    public String names() {
        return peers.stream().map(PeerStatus::peer).collect(Collectors.joining(", "));
    }

    public long epoch() {
        return ring.epoch();
    }

    /** Index of the member that owns the key. */
    public int ownerOf(long keyAddress, int keyBytes) {
        return ring.ownerOf(keyAddress, keyBytes);
    }
}
