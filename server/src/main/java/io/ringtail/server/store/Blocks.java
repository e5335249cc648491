package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Blocks for values that are too long to lie in a log: a sixteenth of a segment each, chained. One
 * row for each block, off the heap:
 *
 * <pre>
 *    0      4       8      16
 *    | next | first | pins | hash |
 * </pre>
 *
 * The pin word of a chain's first block is OWNED while an item or an upload has the chain, and
 * counts the readers that send from it; whoever comes last, owner or reader, frees the blocks.
 * Readers change it by compare-and-set without a lock. Owner of a chain's other fields: its upload,
 * and then the lock of its item's shard.
 */
final class Blocks {
    static final int ENTRY_BYTES = 24;
    static final int NONE = 0;

    private static final int NEXT = 0;
    private static final int FIRST = 4;
    private static final int PINS = 8;
    private static final int HASH = 16;
    private static final long OWNED = 1L << 62;
    private static final long MOVING = 1L << 61;
    private static final long COUNT_MASK = (1L << 32) - 1;

    /** Blocks of uploads, and of removed chains that are still being read. */
    private final AtomicLong held = new AtomicLong();
    private final long base;
    private final long segmentBase;
    private final StoreGeometry geometry;
    private final BlockSegments segments;

    Blocks(long base, long segmentBase, StoreGeometry geometry, BlockSegments segments) {
        this.base = base;
        this.segmentBase = segmentBase;
        this.geometry = geometry;
        this.segments = segments;
    }

    BlockSegments segments() {
        return segments;
    }

    private long row(int block) {
        return base + (long) block * ENTRY_BYTES;
    }

    long address(int block) {
        return segmentBase + ((long) block << geometry.blockShift());
    }

    /** As {@link #address}; 0 where {@code block} cannot be one. */
    long addressIfAny(int block) {
        return isBlock(block) ? address(block) : 0;
    }

    private boolean isBlock(int block) {
        return block >= StoreGeometry.BLOCKS_PER_SEGMENT
                && block < geometry.maxSegments() * StoreGeometry.BLOCKS_PER_SEGMENT;
    }

    int next(int block) {
        return Memory.getInt(row(block) + NEXT);
    }

    /** Changes a link; the chain is locked. */
    void next(int block, int next) {
        Memory.putInt(row(block) + NEXT, next);
    }

    int first(int block) {
        return Memory.getInt(row(block) + FIRST);
    }

    long hash(int first) {
        return Memory.getLong(row(first) + HASH);
    }

    void hash(int first, long hash) {
        Memory.putLong(row(first) + HASH, hash);
    }

    /**
     * A block at the end of the chain that {@code first} and {@code last} bound (NONE for a new
     * chain), which nobody but the caller knows of; NONE where there is no memory.
     */
    int extend(int first, int last) {
        int block = segments.take();
        if (block != NONE) {
            Memory.putInt(row(block) + NEXT, NONE);
            Memory.putInt(row(block) + FIRST, first == NONE ? block : first);
            Memory.putLongRelease(row(block) + PINS, first == NONE ? OWNED : 0);
            if (last != NONE) {
                Memory.putInt(row(last) + NEXT, block);
            }
        }
        return block;
    }

    /**
     * A block that takes the place of {@code moved} in its chain, in another segment that is partly
     * used; NONE where there is none.
     */
    int takeFor(int moved) {
        int block = segments.takeBeside();
        if (block != NONE) {
            Memory.putInt(row(block) + NEXT, next(moved));
            Memory.putInt(row(block) + FIRST, first(moved));
            Memory.putLong(row(block) + PINS, 0);
        }
        return block;
    }

    /** Makes {@code block} the first of a chain instead of {@code before}, still locked. */
    void becomeFirst(int block, int before) {
        for (int each = block; each != NONE; each = next(each)) {
            Memory.putInt(row(each) + FIRST, block);
        }
        hash(block, hash(before));
        Memory.putLongRelease(row(block) + PINS, OWNED | MOVING);
        Memory.putLongRelease(row(before) + PINS, 0);
    }

    /**
     * Keeps readers from pinning a chain; false where one does already, or where it is no item's.
     */
    boolean lock(int first) {
        return Memory.compareAndSetLong(row(first) + PINS, OWNED, OWNED | MOVING);
    }

    void unlock(int first) {
        Memory.putLongRelease(row(first) + PINS, OWNED);
    }

    /** Counts one more block as held, at most {@code max}. */
    boolean hold(long max) {
        if (held.incrementAndGet() > max) {
            held.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Counts blocks as held no longer: they are free, or an item's. */
    void letGo(int count) {
        held.addAndGet(-count);
    }

    boolean isPinned(int first) {
        return (Memory.getLongAcquire(row(first) + PINS) & COUNT_MASK) != 0;
    }

    /**
     * The owner lets go of a chain of {@code count} blocks; what readers still keep counts as held.
     */
    void releaseChain(int first, int count) {
        long pins = row(first) + PINS;
        while (true) {
            long word = Memory.getLongAcquire(pins);
            if (Memory.compareAndSetLong(pins, word, word & ~OWNED)) {
                if ((word & COUNT_MASK) == 0) {
                    freeChain(first);
                } else {
                    held.addAndGet(count);
                }
                return;
            }
        }
    }

    /** Keeps a chain; false where {@code first} is not the first block of an owned chain. */
    boolean pin(int first) {
        if (!isBlock(first)) {
            return false;
        }
        long pins = row(first) + PINS;
        while (true) {
            long word = Memory.getLongAcquire(pins);
            if ((word & (OWNED | MOVING)) != OWNED) {
                return false;
            }
            if (Memory.compareAndSetLong(pins, word, word + 1)) {
                return true;
            }
        }
    }

    void unpin(int first) {
        long pins = row(first) + PINS;
        while (true) {
            long word = Memory.getLongAcquire(pins);
            if (Memory.compareAndSetLong(pins, word, word - 1)) {
                if (word - 1 == 0) {
                    held.addAndGet(-freeChain(first));
                }
                return;
            }
        }
    }

    /** Frees a chain that nobody else knows of and returns its length. */
    private int freeChain(int first) {
        int count = 0;
        for (int block = first; block != NONE; count++) {
            int next = next(block);
            segments.free(block);
            block = next;
        }
        return count;
    }
}
