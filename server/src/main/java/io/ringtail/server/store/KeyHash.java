package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;

/**
 * A keyed 64-bit hash of short byte strings: 128-bit products folded to 64 bits, sixteen bytes a
 * step. All bits of the result are usable. Immutable.
 */
final class KeyHash {
    private static final long A = 0xA0761D6478BD642FL;
    private static final long B = 0xE7037ED1A0B428DBL;
    private static final long C = 0x8EBC6AF09C88C6E3L;

    private final long first;
    private final long second;

    KeyHash(long seed) {
        this.first = fold(seed ^ A, B);
        this.second = fold(seed ^ C, A) | 1;
    }

    long of(long address, int bytes) {
        long state = first ^ bytes * C;
        long at = address;
        int left = bytes;
        while (left > 16) {
            state = fold(Memory.getLong(at) ^ second, Memory.getLong(at + 8) ^ state);
            at += 16;
            left -= 16;
        }
        long head;
        long tail;
        if (left >= 8) {
            head = Memory.getLong(at);
            tail = Memory.getLong(at + left - 8);
        } else if (left >= 4) {
            head = Memory.getInt(at);
            tail = Memory.getInt(at + left - 4);
        } else {
            head = left == 0 ? 0
                    : Memory.getByte(at) << 16 | Memory.getUnsignedByte(at + (left >> 1)) << 8
                            | Memory.getUnsignedByte(at + left - 1);
            tail = 0;
        }
        return fold(fold(head ^ second, tail ^ state) ^ B, state ^ C);
    }

    private static long fold(long x, long y) {
        return x * y ^ Math.unsignedMultiplyHigh(x, y);
    }
}
