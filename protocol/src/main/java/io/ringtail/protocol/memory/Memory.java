package io.ringtail.protocol.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/**
 * Reads and writes of native memory by absolute address, through one segment that spans all of it.
 * No bounds are checked: an address that is not the caller's own ends the process.
 */
public final class Memory {
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    private static final VarHandle LONG =
            MethodHandles.insertCoordinates(ValueLayout.JAVA_LONG.varHandle(), 0, ALL);

    private Memory() {}

    public static byte getByte(long address) {
        return ALL.get(ValueLayout.JAVA_BYTE, address);
    }

    public static int getUnsignedByte(long address) {
        return ALL.get(ValueLayout.JAVA_BYTE, address) & 0xFF;
    }

    public static short getShort(long address) {
        return ALL.get(ValueLayout.JAVA_SHORT_UNALIGNED, address);
    }

    public static int getInt(long address) {
        return ALL.get(ValueLayout.JAVA_INT_UNALIGNED, address);
    }

    public static long getLong(long address) {
        return ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
    }

    public static void putByte(long address, byte value) {
        ALL.set(ValueLayout.JAVA_BYTE, address, value);
    }

    public static void putShort(long address, short value) {
        ALL.set(ValueLayout.JAVA_SHORT_UNALIGNED, address, value);
    }

    public static void putInt(long address, int value) {
        ALL.set(ValueLayout.JAVA_INT_UNALIGNED, address, value);
    }

    public static void putLong(long address, long value) {
        ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, address, value);
    }

    /** An aligned read that later reads are not moved before. */
    public static long getLongAcquire(long address) {
        return (long) LONG.getAcquire(address);
    }

    /** An aligned write that earlier writes are not moved behind. */
    public static void putLongRelease(long address, long value) {
        LONG.setRelease(address, value);
    }

    public static boolean compareAndSetLong(long address, long expected, long value) {
        return LONG.compareAndSet(address, expected, value);
    }

    public static void copy(long from, long to, long bytes) {
        MemorySegment.copy(ALL, from, ALL, to, bytes);
    }

    public static void fill(long address, long bytes, byte value) {
        ALL.asSlice(address, bytes).fill(value);
    }

    public static void copyFrom(byte[] from, int offset, long to, int bytes) {
        MemorySegment.copy(from, offset, ALL, ValueLayout.JAVA_BYTE, to, bytes);
    }

    public static void copyTo(long from, byte[] to, int offset, int bytes) {
        MemorySegment.copy(ALL, ValueLayout.JAVA_BYTE, from, to, offset, bytes);
    }

    public static byte[] bytes(long from, int bytes) {
        var copy = new byte[bytes];
        copyTo(from, copy, 0, bytes);
        return copy;
    }

    public static String latin1(long from, int bytes) {
        return new String(bytes(from, bytes), StandardCharsets.ISO_8859_1);
    }

    public static boolean equal(long a, long b, int bytes) {
        int i = 0;
        for (; i + 8 <= bytes; i += 8) {
            if (getLong(a + i) != getLong(b + i)) {
                return false;
            }
        }
        for (; i < bytes; i++) {
            if (getByte(a + i) != getByte(b + i)) {
                return false;
            }
        }
        return true;
    }
}
