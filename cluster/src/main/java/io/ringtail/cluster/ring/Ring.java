package io.ringtail.cluster.ring;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/**
 * The consistent-hash ring: which member owns which key. A member that comes or goes moves only the
 * keys that it gets or had.
 *
 * <p>Members are kept sorted by name, so the order in which they were listed does not matter.
 * Immutable.
 */
public final class Ring {
    private final RingConfig config;
    private final List<Member> members;
    private final boolean single;
    private final Placement placement;
    private final double[] shares;
    private final long epoch;

    private Ring(RingConfig config, List<Member> members) {
        this.config = config;
        this.members = members;
        this.single = members.size() == 1;
        this.placement = switch (config.kind()) {
            case KETAMA, KETAMA_SPY -> Ketama.continuum(members, config.kind());
            case FAST -> SlotTable.of(members);
        };
        this.shares = placement.shares(members.size());
        this.epoch = digest(config, members);
    }

    /** The ring of {@code members}, whose names must differ. */
    public static Ring of(List<Member> members, RingConfig config) {
        if (members.isEmpty() || members.size() > Short.MAX_VALUE) {
            throw new IllegalArgumentException("members=" + members.size());
        }
        var names = new HashSet<String>();
        for (var member : members) {
            if (!names.add(member.name())) {
                throw new IllegalArgumentException("member " + member.name() + " is listed twice");
            }
        }
        return new Ring(config,
                members.stream().sorted(Comparator.comparing(Member::name)).toList());
    }

    private static long digest(RingConfig config, List<Member> members) {
        var text = new StringBuilder(config.text()).append('\n');
        members.forEach(member -> text.append(member.name())
                .append(' ')
                .append(member.weight())
                .append('\n'));
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** Index in {@link #members()} of the member that owns the key. */
    public int ownerOf(long keyAddress, int keyBytes) {
        return single ? 0 : placement.ownerOf(keyAddress, keyBytes);
    }

    /** Index in {@link #members()} of the member that owns the key. */
    public int ownerOf(byte[] key) {
        return single ? 0 : placement.ownerOf(key);
    }

    public RingConfig config() {
        return config;
    }

    /** Sorted by name. */
    public List<Member> members() {
        return members;
    }

    /** Index of the member with that name; -1 where there is none. */
    public int indexOf(String name) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Digest of the sorted members, their weights and the ring's parameters: two nodes with the
     * same epoch agree on the owner of every key.
     */
    public long epoch() {
        return epoch;
    }

    /** The part of all hashes, 0 to 1, that belongs to the member. */
    public double share(int member) {
        return shares[member];
    }
}
