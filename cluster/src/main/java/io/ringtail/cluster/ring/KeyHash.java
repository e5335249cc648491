package io.ringtail.cluster.ring;

import io.ringtail.protocol.memory.Memory;

/**
 * The fast ring's 64-bit hash of bytes: eight bytes at a time, each folded in by a 64 by 64 to 128
 * bit multiplication whose halves are combined. It is part of what the members agree on: the same
 * bytes give the same hash on every node and in every version.
 */
final class KeyHash {
    private static final long SEED = 0x2D358DCCAA6C78A5L;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final long FINAL = 0xD1B54A32D192ED03L;

    private KeyHash() {}

    static long of(long address, int bytes) {
        long hash = SEED ^ bytes;
        int at = 0;
        for (; at + 8 <= bytes; at += 8) {
            hash = fold(hash ^ Memory.getLong(address + at), MULTIPLIER);
        }
        long tail = 0;
        for (int shift = 0; at < bytes; at++, shift += 8) {
            tail |= (long) Memory.getUnsignedByte(address + at) << shift;
        }
        return finish(hash, tail);
    }

    static long of(byte[] bytes) {
        long hash = SEED ^ bytes.length;
        int at = 0;
        for (; at + 8 <= bytes.length; at += 8) {
            hash = fold(hash ^ word(bytes, at, 8), MULTIPLIER);
        }
        return finish(hash, word(bytes, at, bytes.length - at));
    }

    static long finish(long hash, long tail) {
        return fold(fold(hash ^ tail, MULTIPLIER) ^ FINAL, FINAL);
    }

    private static long word(byte[] bytes, int from, int count) {
        long word = 0;
        for (int i = 0; i < count; i++) {
            word |= (bytes[from + i] & 0xFFL) << 8 * i;
        }
        return word;
    }

    /** Both halves of the product; never zero times something, so that no input is swallowed. */
    private static long fold(long a, long b) {
        long left = a == 0 ? SEED : a;
        return left * b ^ Math.unsignedMultiplyHigh(left, b);
    }
}
