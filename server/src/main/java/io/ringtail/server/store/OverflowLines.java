package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;

/**
 * Lines that chains of {@link IndexLines} go on in, numbered from 1; free ones are linked through
 * their last word. Owner: shard lock.
 */
final class OverflowLines {
    static final int NONE = 0;
    private static final int NEXT_FREE = StoreGeometry.LINE_BYTES - 8;

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

    /** An empty line, or NONE where there is no memory. */
    int take() {
        int number = free;
        if (number != NONE) {
            free = (int) Memory.getLong(address(number) + NEXT_FREE);
            freeCount--;
        } else {
            if (!region.hold((touched + 1L) * StoreGeometry.LINE_BYTES)) {
                return NONE;
            }
            number = ++touched;
        }
        IndexLine.reset(address(number), 0);
        return number;
    }

    /** Takes a line back that no chain refers to any more. */
    void give(int number) {
        IndexLine.reset(address(number), 0);
        Memory.putLong(address(number) + NEXT_FREE, free);
        free = number;
        freeCount++;
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
