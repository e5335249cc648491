package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;

/**
 * Free lists of the room that overwritten and deleted items left in sealed and open segments, by
 * queue, class of time to live and length. The links are in the holes:
 *
 * <pre>
 *    0                        4                10                 16
 *    | word 0: length, LISTED | next hole's offset | previous one's |
 * </pre>
 *
 * Up to 1 KiB each length has its list; above, lists span an eighth of an octave. Owner: shard
 * lock.
 */
final class Holes {
    /** Shorter ones cannot hold the links. */
    static final int MIN_BYTES = 16;
    private static final int EXACT_BYTES = 1024;
    private static final int EXACT_BINS = EXACT_BYTES / RecordLayout.MIN_UNIT + 1;
    private static final int BINS = EXACT_BINS + 5 * 8;

    private final long base;
    private final long[] heads;
    private final long[] occupied;
    private static final int WORDS = (BINS + 63) / 64;
    private long bytes;

    Holes(long base, int lists) {
        this.base = base;
        this.heads = new long[lists * BINS];
        this.occupied = new long[lists * WORDS];
    }

    /** Bytes in listed holes. */
    long bytes() {
        return bytes;
    }

    private static int binOf(int length) {
        if (length <= EXACT_BYTES) {
            return length / RecordLayout.MIN_UNIT;
        }
        int log2 = 31 - Integer.numberOfLeadingZeros(length);
        int bin = EXACT_BINS + (log2 - 10) * 8 + (length >>> log2 - 3 & 7);
        return Math.min(bin, BINS - 1);
    }

    private static long next(long hole) {
        return Memory.getInt(hole + 4) & 0xFFFF_FFFFL | (Memory.getShort(hole + 8) & 0xFFFFL) << 32;
    }

    private static void next(long hole, long offset) {
        Memory.putInt(hole + 4, (int) offset);
        Memory.putShort(hole + 8, (short) (offset >>> 32));
    }

    private static long previous(long hole) {
        return Memory.getInt(hole + 12) & 0xFFFF_FFFFL
                | (Memory.getShort(hole + 10) & 0xFFFFL) << 32;
    }

    private static void previous(long hole, long offset) {
        Memory.putInt(hole + 12, (int) offset);
        Memory.putShort(hole + 10, (short) (offset >>> 32));
    }

    /** Lists the dead room at {@code offset}; where it is too short it is only marked dead. */
    void add(int list, long offset, int length) {
        long hole = base + offset;
        if (length < MIN_BYTES) {
            Memory.putInt(hole, RecordLayout.deadHead(length, false));
            return;
        }
        int bin = binOf(length);
        int at = list * BINS + bin;
        long next = heads[at];
        Memory.putInt(hole, RecordLayout.deadHead(length, true));
        next(hole, next);
        previous(hole, 0);
        if (next != 0) {
            previous(base + next, offset);
        }
        heads[at] = offset;
        occupied[list * WORDS + (bin >>> 6)] |= 1L << bin;
        bytes += length;
    }

    /** Takes a listed hole off its list. */
    void remove(int list, long offset, int length) {
        long hole = base + offset;
        long next = next(hole);
        long previous = previous(hole);
        int bin = binOf(length);
        if (previous == 0) {
            heads[list * BINS + bin] = next;
            if (next == 0) {
                occupied[list * WORDS + (bin >>> 6)] &= ~(1L << bin);
            }
        } else {
            next(base + previous, next);
        }
        if (next != 0) {
            previous(base + next, previous);
        }
        bytes -= length;
    }

    /**
     * Room of {@code length} bytes, or 0: a hole of that length or, cut in two, a longer one. What
     * is left of a longer hole is listed again or marked dead.
     */
    long take(int list, int length) {
        int bin = binOf(length);
        long offset = heads[list * BINS + bin];
        if (offset == 0 || RecordLayout.deadBytes(Memory.getInt(base + offset)) < length) {
            int longer = nextOccupied(list, bin + 1);
            if (longer < 0) {
                return 0;
            }
            offset = heads[list * BINS + longer];
        }
        int found = RecordLayout.deadBytes(Memory.getInt(base + offset));
        remove(list, offset, found);
        if (found > length) {
            add(list, offset + length, found - length);
        }
        return offset;
    }

    private int nextOccupied(int list, int from) {
        for (int word = from >>> 6; word < WORDS; word++) {
            long bits = occupied[list * WORDS + word];
            if (word == from >>> 6) {
                bits &= -1L << from;
            }
            if (bits != 0) {
                return word * 64 + Long.numberOfTrailingZeros(bits);
            }
        }
        return -1;
    }

    /** Forgets all holes; their room stays dead until its segment is reclaimed. */
    void clear() {
        java.util.Arrays.fill(heads, 0);
        java.util.Arrays.fill(occupied, 0);
        bytes = 0;
    }
}
