package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;

/**
 * Lines that chains of {@link IndexLines} go on in, numbered from 1; free ones are linked through
 * their headers. Owner: shard lock.
 */
final class OverflowLines {
    static final int NONE = 0;
    private static final long VERSION_MASK = 0xFFFF_FFFFL;

    private final TableRegion region;
    private final long base;
    private int touched;
    private int free;
    private int freeCount;

    OverflowLines(TableRegion region) {
        this.region = region;
        this.base = region.base() - StoreGeometry.LINE_BYTES;
    }

    long address(int number) {
        return base + (long) number * StoreGeometry.LINE_BYTES;
    }

    int inUse() {
        return touched - freeCount;
    }

    /** Number of the line that follows, by a line's header; NONE at the end of a chain. */
    static int next(long header) {
        return (int) (header >>> 32);
    }

    /** Lets line {@code number} follow; the version stays. */
    static void link(long line, int number) {
        Memory.putLongRelease(line, Memory.getLong(line) & VERSION_MASK | (long) number << 32);
    }

    /** An empty line, or NONE where there is no memory. */
    int take() {
        int number = free;
        if (number != NONE) {
            free = next(Memory.getLong(address(number)));
            freeCount--;
        } else {
            if (!region.hold((touched + 1L) * StoreGeometry.LINE_BYTES)) {
                return NONE;
            }
            number = ++touched;
        }
        clear(address(number));
        return number;
    }

    /** Takes a line back that no chain refers to any more. */
    void give(int number) {
        clear(address(number));
        link(address(number), free);
        free = number;
        freeCount++;
    }

    private static void clear(long line) {
        for (long at = line; at < line + StoreGeometry.LINE_BYTES; at += 8) {
            Memory.putLong(at, 0);
        }
    }

    /** Sees to it that the next {@link #take} succeeds; false where there is no memory. */
    boolean prepare() {
        if (free == NONE) {
            int number = take();
            if (number == NONE) {
                return false;
            }
            give(number);
        }
        return true;
    }

    /** Gives the memory back where no line is in use. */
    void trim() {
        if (freeCount == touched) {
            touched = 0;
            free = NONE;
            freeCount = 0;
            region.trim(0);
        }
    }
}
