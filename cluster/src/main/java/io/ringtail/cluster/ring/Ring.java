package io.ringtail.cluster.ring;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/**
 * The consistent-hash ring: each member has points on a circle of 64-bit hashes, and a key belongs
 * to the member of the first point at or behind the key's own hash. A member that comes or goes
 * moves only the keys next to its points.
 *
 * <p>Members are kept sorted by name, so the order in which they were listed does not matter.
 * Immutable.
 */
public final class Ring {
    /** Leading bits of a hash that find the place where the search starts. */
    private static final int BUCKET_BITS = 12;

    private final RingConfig config;
    private final List<Member> members;
    private final long[] points;
    private final short[] owners;
    private final int[] buckets;
    private final long epoch;

    private Ring(RingConfig config, List<Member> members, List<Point> sorted) {
        this.config = config;
        this.members = members;
        this.points = sorted.stream().mapToLong(Point::hash).toArray();
        this.owners = new short[points.length];
        for (int i = 0; i < owners.length; i++) {
            owners[i] = (short) sorted.get(i).member();
        }
        this.buckets = buckets(points);
        this.epoch = digest(config, members);
    }

    private record Point(long hash, int member) {}

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
        var sorted = members.stream().sorted(Comparator.comparing(Member::name)).toList();
        return new Ring(config, sorted, points(sorted, config));
    }

    private static List<Point> points(List<Member> members, RingConfig config) {
        int total = members.stream().mapToInt(Member::weight).sum() * config.pointsPerWeight();
        var points = new Point[total];
        int next = 0;
        for (int member = 0; member < members.size(); member++) {
            int count = members.get(member).weight() * config.pointsPerWeight();
            for (int i = 0; i < count; i++) {
                var name = members.get(member).name() + "#" + i;
                var hash = KeyHash.of(name.getBytes(StandardCharsets.UTF_8));
                points[next++] = new Point(hash, member);
            }
        }
        Arrays.sort(points, (a, b) -> {
            int order = Long.compareUnsigned(a.hash(), b.hash());
            return order != 0 ? order : Integer.compare(a.member(), b.member());
        });
        return List.of(points);
    }

    /** For each prefix of a hash, the first point that is not below it. */
    private static int[] buckets(long[] points) {
        var buckets = new int[(1 << BUCKET_BITS) + 1];
        int point = 0;
        for (int bucket = 0; bucket < buckets.length - 1; bucket++) {
            long first = (long) bucket << 64 - BUCKET_BITS;
            while (point < points.length && Long.compareUnsigned(points[point], first) < 0) {
                point++;
            }
            buckets[bucket] = point;
        }
        buckets[buckets.length - 1] = points.length;
        return buckets;
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
        return ownerOfHash(KeyHash.of(keyAddress, keyBytes));
    }

    /** Index in {@link #members()} of the member that owns the key. */
    public int ownerOf(byte[] key) {
        return ownerOfHash(KeyHash.of(key));
    }

    private int ownerOfHash(long hash) {
        int at = buckets[(int) (hash >>> 64 - BUCKET_BITS)];
        while (at < points.length && Long.compareUnsigned(points[at], hash) < 0) {
            at++;
        }
        return owners[at == points.length ? 0 : at];
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
        double share = 0;
        for (int i = 0; i < points.length; i++) {
            if (owners[i] == member) {
                long width = points[i] - points[i == 0 ? points.length - 1 : i - 1];
                share += (width >>> 1) / 0x1p63;
            }
        }
        return points.length == 1 ? 1 : share;
    }
}
