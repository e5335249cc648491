package io.ringtail.cluster.ring;

import io.ringtail.protocol.memory.Memory;

/**
 * The first four bytes of MD5 (RFC 1321) of a key in native memory, in little-endian order: what
 * ketama clients place keys by. On the request path, so nothing is allocated: the whole state is
 * in registers, all 64 steps stand one after the other, and a method that can return but two of
 * the state's four words runs twice for each block of a key but the last. RingBenchmark measures
 * it.
 */
final class KeyDigest {
    private static final int BLOCK_BYTES = 64;
    /** The last block's room for the key and the byte 0x80 behind it. */
    private static final int LAST_BLOCK_BYTES = 56;
    private static final long AB = 0xEFCDAB8967452301L;
    private static final long CD = 0x1032547698BADCFEL;

    private KeyDigest() {}

    static int of(long address, int bytes) {
        long ab = AB;
        long cd = CD;
        long at = address;
        int left = bytes;
        while (left >= LAST_BLOCK_BYTES) {
            long nextAb = step(ab, cd, at, left, 0, false);
            cd = step(ab, cd, at, left, 0, true);
            ab = nextAb;
            at += BLOCK_BYTES;
            // Behind the end there are only zeros, the byte 0x80 in front of them too.
            left = left >= BLOCK_BYTES ? left - BLOCK_BYTES : -1;
        }
        return (int) step(ab, cd, at, left, bytes * 8, false);
    }

    /** Word {@code index} of a block that has {@code bytes} of the key, padded. */
    private static int word(long block, int bytes, int index) {
        int left = bytes - index * 4;
        if (left >= 4) {
            return Memory.getInt(block + index * 4L);
        }
        if (left < 0) {
            return 0;
        }
        int word = 0x80 << left * 8;
        for (int i = 0; i < left; i++) {
            word |= Memory.getUnsignedByte(block + index * 4L + i) << i * 8;
        }
        return word;
    }

    private static int f(int x, int y, int z) {
        return z ^ x & (y ^ z);
    }

    private static int g(int x, int y, int z) {
        return y ^ z & (x ^ y);
    }

    private static int h(int x, int y, int z) {
        return x ^ y ^ z;
    }

    private static int i(int x, int y, int z) {
        return y ^ (x | ~z);
    }

    /**
     * The state, words a and b in {@code ab} and c and d in {@code cd}, after one block more: its
     * one half or the other.
     *
     * @param bits length of the key, in the last block only
     */
    private static long step(long ab, long cd, long block, int bytes, int bits,
            boolean secondHalf) {
        int m0 = word(block, bytes, 0);
        int m1 = word(block, bytes, 1);
        int m2 = word(block, bytes, 2);
        int m3 = word(block, bytes, 3);
        int m4 = word(block, bytes, 4);
        int m5 = word(block, bytes, 5);
        int m6 = word(block, bytes, 6);
        int m7 = word(block, bytes, 7);
        int m8 = word(block, bytes, 8);
        int m9 = word(block, bytes, 9);
        int m10 = word(block, bytes, 10);
        int m11 = word(block, bytes, 11);
        int m12 = word(block, bytes, 12);
        int m13 = word(block, bytes, 13);
        int m14 = bits != 0 ? bits : word(block, bytes, 14);
        int m15 = word(block, bytes, 15);
        int a = (int) ab;
        int b = (int) (ab >>> 32);
        int c = (int) cd;
        int d = (int) (cd >>> 32);
        a = b + Integer.rotateLeft(a + f(b, c, d) + m0 + 0xD76AA478, 7);
        d = a + Integer.rotateLeft(d + f(a, b, c) + m1 + 0xE8C7B756, 12);
        c = d + Integer.rotateLeft(c + f(d, a, b) + m2 + 0x242070DB, 17);
        b = c + Integer.rotateLeft(b + f(c, d, a) + m3 + 0xC1BDCEEE, 22);
        a = b + Integer.rotateLeft(a + f(b, c, d) + m4 + 0xF57C0FAF, 7);
        d = a + Integer.rotateLeft(d + f(a, b, c) + m5 + 0x4787C62A, 12);
        c = d + Integer.rotateLeft(c + f(d, a, b) + m6 + 0xA8304613, 17);
        b = c + Integer.rotateLeft(b + f(c, d, a) + m7 + 0xFD469501, 22);
        a = b + Integer.rotateLeft(a + f(b, c, d) + m8 + 0x698098D8, 7);
        d = a + Integer.rotateLeft(d + f(a, b, c) + m9 + 0x8B44F7AF, 12);
        c = d + Integer.rotateLeft(c + f(d, a, b) + m10 + 0xFFFF5BB1, 17);
        b = c + Integer.rotateLeft(b + f(c, d, a) + m11 + 0x895CD7BE, 22);
        a = b + Integer.rotateLeft(a + f(b, c, d) + m12 + 0x6B901122, 7);
        d = a + Integer.rotateLeft(d + f(a, b, c) + m13 + 0xFD987193, 12);
        c = d + Integer.rotateLeft(c + f(d, a, b) + m14 + 0xA679438E, 17);
        b = c + Integer.rotateLeft(b + f(c, d, a) + m15 + 0x49B40821, 22);
        a = b + Integer.rotateLeft(a + g(b, c, d) + m1 + 0xF61E2562, 5);
        d = a + Integer.rotateLeft(d + g(a, b, c) + m6 + 0xC040B340, 9);
        c = d + Integer.rotateLeft(c + g(d, a, b) + m11 + 0x265E5A51, 14);
        b = c + Integer.rotateLeft(b + g(c, d, a) + m0 + 0xE9B6C7AA, 20);
        a = b + Integer.rotateLeft(a + g(b, c, d) + m5 + 0xD62F105D, 5);
        d = a + Integer.rotateLeft(d + g(a, b, c) + m10 + 0x02441453, 9);
        c = d + Integer.rotateLeft(c + g(d, a, b) + m15 + 0xD8A1E681, 14);
        b = c + Integer.rotateLeft(b + g(c, d, a) + m4 + 0xE7D3FBC8, 20);
        a = b + Integer.rotateLeft(a + g(b, c, d) + m9 + 0x21E1CDE6, 5);
        d = a + Integer.rotateLeft(d + g(a, b, c) + m14 + 0xC33707D6, 9);
        c = d + Integer.rotateLeft(c + g(d, a, b) + m3 + 0xF4D50D87, 14);
        b = c + Integer.rotateLeft(b + g(c, d, a) + m8 + 0x455A14ED, 20);
        a = b + Integer.rotateLeft(a + g(b, c, d) + m13 + 0xA9E3E905, 5);
        d = a + Integer.rotateLeft(d + g(a, b, c) + m2 + 0xFCEFA3F8, 9);
        c = d + Integer.rotateLeft(c + g(d, a, b) + m7 + 0x676F02D9, 14);
        b = c + Integer.rotateLeft(b + g(c, d, a) + m12 + 0x8D2A4C8A, 20);
        a = b + Integer.rotateLeft(a + h(b, c, d) + m5 + 0xFFFA3942, 4);
        d = a + Integer.rotateLeft(d + h(a, b, c) + m8 + 0x8771F681, 11);
        c = d + Integer.rotateLeft(c + h(d, a, b) + m11 + 0x6D9D6122, 16);
        b = c + Integer.rotateLeft(b + h(c, d, a) + m14 + 0xFDE5380C, 23);
        a = b + Integer.rotateLeft(a + h(b, c, d) + m1 + 0xA4BEEA44, 4);
        d = a + Integer.rotateLeft(d + h(a, b, c) + m4 + 0x4BDECFA9, 11);
        c = d + Integer.rotateLeft(c + h(d, a, b) + m7 + 0xF6BB4B60, 16);
        b = c + Integer.rotateLeft(b + h(c, d, a) + m10 + 0xBEBFBC70, 23);
        a = b + Integer.rotateLeft(a + h(b, c, d) + m13 + 0x289B7EC6, 4);
        d = a + Integer.rotateLeft(d + h(a, b, c) + m0 + 0xEAA127FA, 11);
        c = d + Integer.rotateLeft(c + h(d, a, b) + m3 + 0xD4EF3085, 16);
        b = c + Integer.rotateLeft(b + h(c, d, a) + m6 + 0x04881D05, 23);
        a = b + Integer.rotateLeft(a + h(b, c, d) + m9 + 0xD9D4D039, 4);
        d = a + Integer.rotateLeft(d + h(a, b, c) + m12 + 0xE6DB99E5, 11);
        c = d + Integer.rotateLeft(c + h(d, a, b) + m15 + 0x1FA27CF8, 16);
        b = c + Integer.rotateLeft(b + h(c, d, a) + m2 + 0xC4AC5665, 23);
        a = b + Integer.rotateLeft(a + i(b, c, d) + m0 + 0xF4292244, 6);
        d = a + Integer.rotateLeft(d + i(a, b, c) + m7 + 0x432AFF97, 10);
        c = d + Integer.rotateLeft(c + i(d, a, b) + m14 + 0xAB9423A7, 15);
        b = c + Integer.rotateLeft(b + i(c, d, a) + m5 + 0xFC93A039, 21);
        a = b + Integer.rotateLeft(a + i(b, c, d) + m12 + 0x655B59C3, 6);
        d = a + Integer.rotateLeft(d + i(a, b, c) + m3 + 0x8F0CCC92, 10);
        c = d + Integer.rotateLeft(c + i(d, a, b) + m10 + 0xFFEFF47D, 15);
        b = c + Integer.rotateLeft(b + i(c, d, a) + m1 + 0x85845DD1, 21);
        a = b + Integer.rotateLeft(a + i(b, c, d) + m8 + 0x6FA87E4F, 6);
        d = a + Integer.rotateLeft(d + i(a, b, c) + m15 + 0xFE2CE6E0, 10);
        c = d + Integer.rotateLeft(c + i(d, a, b) + m6 + 0xA3014314, 15);
        b = c + Integer.rotateLeft(b + i(c, d, a) + m13 + 0x4E0811A1, 21);
        a = b + Integer.rotateLeft(a + i(b, c, d) + m4 + 0xF7537E82, 6);
        d = a + Integer.rotateLeft(d + i(a, b, c) + m11 + 0xBD3AF235, 10);
        c = d + Integer.rotateLeft(c + i(d, a, b) + m2 + 0x2AD7D2BB, 15);
        b = c + Integer.rotateLeft(b + i(c, d, a) + m9 + 0xEB86D391, 21);
        return secondHalf ? pair(c + (int) cd, d + (int) (cd >>> 32))
                : pair(a + (int) ab, b + (int) (ab >>> 32));
    }

    private static long pair(int low, int high) {
        return low & 0xFFFFFFFFL | (long) high << 32;
    }
}
