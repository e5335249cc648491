package io.ringtail.protocol.memory;

/** Unsigned 64-bit decimals in native memory, written two digits at a time from a table. */
public final class Decimal {
    /** Digits of the longest unsigned 64-bit number. */
    public static final int MAX_DIGITS = 20;

    /** The two ASCII digits of each number below 100, the first in the low byte. */
    private static final short[] PAIRS = pairs();
    /** The smallest number with one digit more than the index; none has more than 19. */
    private static final long[] POWERS = powers();

    private Decimal() {}

    private static short[] pairs() {
        var pairs = new short[100];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = (short) ('0' + i % 10 << 8 | '0' + i / 10);
        }
        return pairs;
    }

    private static long[] powers() {
        var powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    /** Writes {@code value}, taken as unsigned, and returns the address behind its last digit. */
    public static long write(long address, long value) {
        if (value >= 0 && value < 10) {
            Memory.putByte(address, (byte) ('0' + value));
            return address + 1;
        }
        long end = address + digits(value);
        long at = end;
        long rest = value;
        if (rest < 0) {
            long tenth = Long.divideUnsigned(rest, 10);
            Memory.putByte(--at, (byte) ('0' + (rest - tenth * 10)));
            rest = tenth;
        }
        while (rest > Integer.MAX_VALUE) {
            long hundredth = rest / 100;
            at -= 2;
            Memory.putShort(at, PAIRS[(int) (rest - hundredth * 100)]);
            rest = hundredth;
        }
        writeInt(at, (int) rest);
        return end;
    }

    /** Writes the digits of a number that is not negative in front of {@code end}. */
    private static void writeInt(long end, int value) {
        long at = end;
        int rest = value;
        while (rest >= 100) {
            int hundredth = rest / 100;
            at -= 2;
            Memory.putShort(at, PAIRS[rest - hundredth * 100]);
            rest = hundredth;
        }
        if (rest >= 10) {
            Memory.putShort(at - 2, PAIRS[rest]);
        } else {
            Memory.putByte(at - 1, (byte) ('0' + rest));
        }
    }

    /** How many digits {@code value}, taken as unsigned, has. */
    public static int digits(long value) {
        if (value < 0) {
            return value >= -8446744073709551616L ? 20 : 19;
        }
        // 1233 / 4096 is a little more than log10(2).
        int estimate = (Long.SIZE - Long.numberOfLeadingZeros(value | 1)) * 1233 >>> 12;
        return estimate < POWERS.length && value < POWERS[estimate] ? Math.max(estimate, 1)
                : estimate + 1;
    }
}
