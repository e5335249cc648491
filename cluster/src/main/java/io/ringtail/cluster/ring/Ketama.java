package io.ringtail.cluster.ring;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * The points of ketama rings, as memcached's clients make them: each MD5 of a member's name and a
 * number is good for four points. A member has about 160 for each unit of its weight, less the more
 * members there are that weigh more; the rounding goes through 32-bit floats, because libmemcached
 * does it that way, and its clients must find the same owners.
 */
final class Ketama {
    private static final int POINTS = 160;
    private static final int POINTS_PER_DIGEST = 4;
    private static final int DEFAULT_PORT = 11211;

    private Ketama() {}

    static Continuum continuum(List<Member> members, RingKind kind) {
        boolean even = kind == RingKind.KETAMA_SPY && areAlike(members);
        float total = members.stream().mapToInt(Member::weight).sum();
        var points = new ArrayList<Long>();
        for (int number = 0; number < members.size(); number++) {
            var member = members.get(number);
            var name = kind == RingKind.KETAMA_SPY ? member.name() : shortName(member.name());
            int digests = even ? POINTS / POINTS_PER_DIGEST
                    : digests(member.weight() / total, members.size());
            for (int i = 0; i < digests; i++) {
                addPoints(points, md5((name + "-" + i).getBytes(StandardCharsets.UTF_8)), number);
            }
        }
        return Continuum.of(points.stream().mapToLong(Long::longValue).toArray());
    }

    /** Without weights spymemcached does not round. */
    private static boolean areAlike(List<Member> members) {
        int first = members.getFirst().weight();
        return members.stream().allMatch(member -> member.weight() == first);
    }

    private static int digests(float portion, int members) {
        return (int) Math.floor(
                (float) (portion * POINTS / POINTS_PER_DIGEST * (float) members + 0.0000000001));
    }

    /** Without the port where it is memcached's own, and an IPv6 address without its brackets. */
    private static String shortName(String name) {
        int colon = name.lastIndexOf(':');
        var host = colon < 0 ? name : name.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        var port = colon < 0 ? "" : name.substring(colon);
        return port.equals(":" + DEFAULT_PORT) ? host : host + port;
    }

    private static void addPoints(List<Long> points, byte[] digest, int member) {
        for (int i = 0; i < POINTS_PER_DIGEST; i++) {
            points.add((long) word(digest, i * 4) << 32 | member);
        }
    }

    /** The first four bytes of a key's MD5, as {@link KeyDigest} has them of native keys. */
    static int firstWord(byte[] key) {
        return word(md5(key), 0);
    }

    private static int word(byte[] digest, int at) {
        return digest[at] & 0xFF | (digest[at + 1] & 0xFF) << 8 | (digest[at + 2] & 0xFF) << 16
                | digest[at + 3] << 24;
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has MD5", e);
        }
    }
}
