package io.ringtail.loadgen.exchange;

import io.ringtail.protocol.memory.Memory;
import java.lang.foreign.Arena;

/**
 * The value that belongs to a key: the key, a bar, then filling; where the value is shorter, its
 * first bytes.
 */
final class NativeValue {
    private static final int FILLING_BYTES = 16 << 10;
    private static final byte FILLING = 'x';
    private static final byte BAR = '|';
    private static final long FILLING_ADDRESS = filling();

    private NativeValue() {}

    private static long filling() {
        long address = Arena.global().allocate(FILLING_BYTES, Long.BYTES).address();
        Memory.fill(address, FILLING_BYTES, FILLING);
        return address;
    }

    static void write(long address, int bytes, long keyAddress, int keyBytes) {
        if (bytes <= keyBytes) {
            Memory.copy(keyAddress, address, bytes);
            return;
        }
        Memory.copy(keyAddress, address, keyBytes);
        Memory.putByte(address + keyBytes, BAR);
        int done = keyBytes + 1;
        while (done < bytes) {
            int part = Math.min(bytes - done, FILLING_BYTES);
            Memory.copy(FILLING_ADDRESS, address + done, part);
            done += part;
        }
    }

    static boolean belongsTo(long keyAddress, int keyBytes, long address, long bytes) {
        if (bytes <= keyBytes) {
            return Memory.equal(keyAddress, address, (int) bytes);
        }
        return Memory.getByte(address + keyBytes) == BAR
                && Memory.equal(keyAddress, address, keyBytes);
    }
}
