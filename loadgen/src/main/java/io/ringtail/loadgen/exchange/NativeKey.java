package io.ringtail.loadgen.exchange;

import io.ringtail.protocol.memory.Memory;

/** Writes what {@link io.ringtail.loadgen.workload.KeyText} writes, into native memory. */
final class NativeKey {
    /** More than a key is written: this many bytes behind it are overwritten. */
    static final int OVERRUN = Long.BYTES;

    private static final long DOTS = 0x2E2E2E2E2E2E2E2EL;
    private static final int DIGIT_BITS = 5;
    private static final int DIGIT_MASK = (1 << DIGIT_BITS) - 1;

    private NativeKey() {}

    static void write(long address, long key, int bytes) {
        for (int i = 0; i < bytes; i += Long.BYTES) {
            Memory.putLong(address + i, DOTS);
        }
        long left = key;
        int i = 0;
        do {
            if (i == bytes) {
                throw new IllegalArgumentException(
                        "key=" + key + " needs more than bytes=" + bytes);
            }
            int digit = (int) left & DIGIT_MASK;
            Memory.putByte(address + i++, (byte) (digit < 10 ? '0' + digit : 'a' - 10 + digit));
            left >>>= DIGIT_BITS;
        } while (left != 0);
    }
}
