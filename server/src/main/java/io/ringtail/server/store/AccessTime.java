package io.ringtail.server.store;

/**
 * A time in two bytes, as seconds before or after its segment was opened: to the second within some
 * two hours, then to 16 seconds for a day and a half, to 256 for 24 days, to 4,096 for a year.
 *
 * <pre>
 *    15      14  13 12                0
 *    | before | scale | seconds >> 4 * scale |
 * </pre>
 */
final class AccessTime {
    private static final int BITS = 13;
    private static final int MASK = (1 << BITS) - 1;
    private static final int SCALE_BITS = 4;
    private static final int MAX_SECONDS = (1 << BITS + 3 * SCALE_BITS) - 1;
    private static final int BEFORE = 1 << 15;

    private AccessTime() {}

    static short of(int time, int opened) {
        int distance = Math.min(Math.abs(time - opened), MAX_SECONDS);
        int excess = Math.max(0, 32 - Integer.numberOfLeadingZeros(distance) - BITS);
        int scale = (excess + SCALE_BITS - 1) / SCALE_BITS;
        return (short) ((time < opened ? BEFORE : 0) | scale << BITS
                | distance >> scale * SCALE_BITS);
    }

    /** The time itself, or up to one unit of its scale nearer to the segment's opening. */
    static int seconds(int stored, int opened) {
        int distance = (stored & MASK) << (stored >> BITS & 3) * SCALE_BITS;
        return opened + ((stored & BEFORE) == 0 ? distance : -distance);
    }
}
