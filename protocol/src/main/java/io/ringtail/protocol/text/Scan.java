package io.ringtail.protocol.text;

import io.ringtail.protocol.memory.Memory;

/** Finds delimiters in native memory, eight bytes at a time. */
public final class Scan {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long LOWS = ~HIGHS;
    private static final long NEWLINES = ONES * '\n';
    private static final long SPACES = ONES * ' ';

    private Scan() {}

    /** The first line feed in [{@code from}, {@code end}), or {@code end}. */
    public static long newline(long from, long end) {
        long at = from;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            long zeros = zeroBytes(Memory.getLong(at) ^ NEWLINES);
            if (zeros != 0) {
                return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
            }
        }
        while (at < end && Memory.getByte(at) != '\n') {
            at++;
        }
        return at;
    }

    /** The first space in [{@code from}, {@code end}), or {@code end}. */
    public static long space(long from, long end) {
        long at = from;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            long zeros = zeroBytes(Memory.getLong(at) ^ SPACES);
            if (zeros != 0) {
                return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
            }
        }
        while (at < end && Memory.getByte(at) != ' ') {
            at++;
        }
        return at;
    }

    /** The first byte that is no space in [{@code from}, {@code end}), or {@code end}. */
    public static long skipSpaces(long from, long end) {
        long at = from;
        while (at < end && Memory.getByte(at) == ' ') {
            at++;
        }
        return at;
    }

    /** The first byte that is a space or a control character, or {@code end}. */
    public static long blank(long from, long end) {
        long at = from;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            long bytes = Memory.getLong(at);
            long found = bytes - ONES * (' ' + 1) & ~bytes & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < end && (Memory.getByte(at) > ' ' || Memory.getByte(at) < 0)) {
            at++;
        }
        return at;
    }

    /** The high bit of each byte that is zero, exactly. */
    private static long zeroBytes(long bytes) {
        return ~((bytes & LOWS) + LOWS | bytes | LOWS);
    }
}
