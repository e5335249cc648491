package io.ringtail.cluster.ring;

import java.util.Arrays;

/**
 * Points on a circle of unsigned 32-bit hashes: a key belongs to the member of the first point at
 * or behind the first four bytes of the key's MD5. Points are found by the hash's leading bits, and
 * from there by looking at some one or two of them. Immutable.
 */
final class Continuum implements Placement {
    private static final int MOST_BUCKET_BITS = 16;
    private static final double CIRCLE = 0x1p32;

    private final int[] points;
    private final short[] owners;
    private final int[] buckets;
    private final int shift;

    private Continuum(int[] points, short[] owners) {
        this.points = points;
        this.owners = owners;
        int bits = 32 - Integer.numberOfLeadingZeros(points.length);
        this.shift = 32 - Math.min(bits, MOST_BUCKET_BITS);
        this.buckets = buckets();
    }

    /**
     * Of points, each {@code hash << 32 | member}. Where two members have the same point, the one
     * with the lower number has it.
     */
    static Continuum of(long[] hashesAndMembers) {
        var sorted = hashesAndMembers.clone();
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] ^= Long.MIN_VALUE;
        }
        Arrays.sort(sorted);
        var points = new int[sorted.length];
        var owners = new short[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            points[i] = (int) ((sorted[i] ^ Long.MIN_VALUE) >>> 32);
            owners[i] = (short) sorted[i];
        }
        return new Continuum(points, owners);
    }

    /** For each prefix of a hash, the first point that is not below it. */
    private int[] buckets() {
        var first = new int[1 << 32 - shift];
        int point = 0;
        for (int bucket = 0; bucket < first.length; bucket++) {
            while (point < points.length
                    && Integer.compareUnsigned(points[point], bucket << shift) < 0) {
                point++;
            }
            first[bucket] = point;
        }
        return first;
    }

    @Override
    public int ownerOf(long keyAddress, int keyBytes) {
        return ownerOfHash(KeyDigest.of(keyAddress, keyBytes));
    }

    @Override
    public int ownerOf(byte[] key) {
        return ownerOfHash(Ketama.firstWord(key));
    }

    private int ownerOfHash(int hash) {
        int at = buckets[hash >>> shift];
        while (at < points.length && Integer.compareUnsigned(points[at], hash) < 0) {
            at++;
        }
        return owners[at == points.length ? 0 : at];
    }

    @Override
    public double[] shares(int members) {
        var shares = new double[members];
        for (int i = 0; i < points.length; i++) {
            int before = points[i == 0 ? points.length - 1 : i - 1];
            shares[owners[i]] += Integer.toUnsignedLong(points[i] - before) / CIRCLE;
        }
        return shares;
    }
}
