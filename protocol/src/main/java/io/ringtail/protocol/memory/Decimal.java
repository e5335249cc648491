package io.ringtail.protocol.memory;

/** Unsigned 64-bit decimals in native memory. */
public final class Decimal {
    /** Digits of the longest unsigned 64-bit number. */
    public static final int MAX_DIGITS = 20;

    private Decimal() {}

    /** Writes {@code value}, taken as unsigned, and returns the address behind its last digit. */
    public static long write(long address, long value) {
        if (value >= 0 && value < 10) {
            Memory.putByte(address, (byte) ('0' + value));
            return address + 1;
        }
        int digits = digits(value);
        long at = address + digits;
        long rest = value;
        while (at > address) {
            long tenth = Long.divideUnsigned(rest, 10);
            Memory.putByte(--at, (byte) ('0' + (rest - tenth * 10)));
            rest = tenth;
        }
        return address + digits;
    }

    /** How many digits {@code value}, taken as unsigned, has. */
    public static int digits(long value) {
        if (value < 0) {
            return value >= -8446744073709551616L ? 20 : 19;
        }
        int digits = 1;
        for (long bound = 10; digits < 19 && value >= bound; bound *= 10) {
            digits++;
        }
        return digits;
    }
}
