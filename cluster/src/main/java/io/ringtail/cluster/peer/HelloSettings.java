package io.ringtail.cluster.peer;

import io.ringtail.cluster.ring.Ring;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node says about itself when it connects to another, and what both must agree on. On the
 * wire it is text, a line {@code name value} for each setting; unknown lines are passed over.
 * Immutable.
 *
 * @param id the node's own name on the ring
 * @param to the name of the node that it means to talk to; empty in a node's description of itself
 * @param secret whether the node has a cluster secret
 * @param ring the ring's parameters
 * @param flagBits width of client flags
 * @param epoch digest of the node's ring; members may differ for a while
 * @param members what the other is to know of them, a word each
 */
public record HelloSettings(int version, String id, String to, boolean secret, String ring,
        long maxItemBytes, int flagBits, int replicas, long epoch, List<String> members) {
    /** Of the frames between nodes: raised when older nodes could not follow. */
    public static final int VERSION = 1;
    /** Width of client flags. */
    public static final int FLAG_BITS = 32;

    /** The same node, with another ring and what it says of the members. */
    public HelloSettings on(Ring current, List<String> said) {
        return new HelloSettings(version, id, to, secret, ring, maxItemBytes, flagBits, replicas,
                current.epoch(), said);
    }

    HelloSettings to(String peer) {
        return new HelloSettings(version, id, peer, secret, ring, maxItemBytes, flagBits, replicas,
                epoch, members);
    }

    String text() {
        return "version " + version + "\nid " + id + "\nto " + to + "\nsecret " + secret + "\nring "
                + ring + "\nmax-item-bytes " + maxItemBytes + "\nflag-bits " + flagBits
                + "\nreplicas " + replicas + "\nepoch " + Long.toHexString(epoch) + "\nmembers "
                + String.join(" ", members) + "\n";
    }

    static HelloSettings parse(String text) throws PeerException {
        var values = new HashMap<String, String>();
        for (var line : text.split("\n")) {
            int space = line.indexOf(' ');
            if (space > 0) {
                values.put(line.substring(0, space), line.substring(space + 1));
            }
        }
        try {
            return new HelloSettings(Integer.parseInt(value(values, "version")),
                    value(values, "id"), value(values, "to"),
                    Boolean.parseBoolean(value(values, "secret")), value(values, "ring"),
                    Long.parseLong(value(values, "max-item-bytes")),
                    Integer.parseInt(value(values, "flag-bits")),
                    Integer.parseInt(value(values, "replicas")),
                    Long.parseUnsignedLong(value(values, "epoch"), 16),
                    List.of(value(values, "members").split(" ")));
        } catch (NumberFormatException e) {
            throw new PeerException("a setting is not a number: " + e.getMessage());
        }
    }

    private static String value(Map<String, String> values, String name) throws PeerException {
        var value = values.get(name);
        if (value == null) {
            throw new PeerException("the greeting lacks " + name);
        }
        return value;
    }

    /** Why {@code other} cannot be in one cluster with this node; null where it can. */
    @Nullable
    String disagreement(HelloSettings other) {
        if (version != other.version) {
            return differs("peer protocol version", version, other.version);
        }
        if (!other.to.equals(id)) {
            return "this node is " + id + ", not " + other.to;
        }
        if (secret != other.secret) {
            return (secret ? id : other.id) + " has a cluster secret and "
                    + (secret ? other.id : id) + " has none";
        }
        if (!ring.equals(other.ring)) {
            return differs("ring", ring, other.ring);
        }
        if (maxItemBytes != other.maxItemBytes) {
            return differs("-I", maxItemBytes, other.maxItemBytes);
        }
        if (flagBits != other.flagBits) {
            return differs("width of client flags", flagBits, other.flagBits);
        }
        if (replicas != other.replicas) {
            return differs("replicas", replicas, other.replicas);
        }
        return null;
    }

    private String differs(String what, Object mine, Object others) {
        return what + " differs: this node has " + mine + ", the other has " + others;
    }
}
