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
 * Readers change it by compare-and-set without a lock. Owner of the rest: the lock in here, inside
 * the shard locks.
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
    private static final int ALL_FREE = 0xFFFF;
    /** Free blocks of two segments. */
    private static final int MIN_SCATTERED = 2 * StoreGeometry.BLOCKS_PER_SEGMENT;

    /** Blocks of uploads, and of removed chains that are still being read. */
    private final AtomicLong held = new AtomicLong();
    private final ShardLock lock = new ShardLock();
    private final long base;
    private final long segmentBase;
    private final StoreGeometry geometry;
    private final SegmentTable table;
    private final SegmentPool pool;
    /** Segments by their number of free blocks. */
    private final int[] byFree = new int[StoreGeometry.BLOCKS_PER_SEGMENT + 1];
    private int freeBlocks;
    private int usedBlocks;
    private int segments;
    /** A segment that is being emptied. */
    private int keptOut;

    Blocks(long base, long segmentBase, StoreGeometry geometry, SegmentTable table,
            SegmentPool pool) {
        this.base = base;
        this.segmentBase = segmentBase;
        this.geometry = geometry;
        this.table = table;
        this.pool = pool;
    }

    private long row(int block) {
        return base + (long) block * ENTRY_BYTES;
    }

    long address(int block) {
        return segmentBase + ((long) block << geometry.blockShift());
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

    int usedBlocks() {
        return usedBlocks;
    }

    int freeBlocks() {
        return freeBlocks;
    }

    int segments() {
        return segments;
    }

    /**
     * A block at the end of the chain that {@code first} and {@code last} bound (NONE for a new
     * chain); NONE where there is no memory.
     */
    int extend(int first, int last) {
        lock.lock();
        try {
            int block = takeFree();
            if (block != NONE) {
                Memory.putInt(row(block) + NEXT, NONE);
                Memory.putInt(row(block) + FIRST, first == NONE ? block : first);
                Memory.putLongRelease(row(block) + PINS, first == NONE ? OWNED : 0);
                if (last != NONE) {
                    Memory.putInt(row(last) + NEXT, block);
                }
            }
            return block;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A block that takes the place of {@code moved} in its chain, in another segment that is partly
     * used; NONE where there is none.
     */
    int takeFor(int moved) {
        lock.lock();
        try {
            int segment = fullest();
            if (segment == SegmentTable.NONE) {
                return NONE;
            }
            int block = takeFrom(segment);
            Memory.putInt(row(block) + NEXT, next(moved));
            Memory.putInt(row(block) + FIRST, first(moved));
            Memory.putLong(row(block) + PINS, 0);
            return block;
        } finally {
            lock.unlock();
        }
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

    /**
     * The segment with the most free blocks among those that are partly used; no more blocks are
     * taken from it.
     */
    int emptiest() {
        lock.lock();
        try {
            for (int free = StoreGeometry.BLOCKS_PER_SEGMENT - 1; free > 0; free--) {
                if (byFree[free] != SegmentTable.NONE) {
                    keptOut = byFree[free];
                    return keptOut;
                }
            }
            return SegmentTable.NONE;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no more blocks from {@code segment}, and from the one that was kept out before again.
     */
    void keepOut(int segment) {
        lock.lock();
        keptOut = segment;
        lock.unlock();
    }

    /** Bits of the blocks of a segment that are in use. */
    int usedBits(int segment) {
        lock.lock();
        try {
            return ~table.freeBlocks(segment) & ALL_FREE;
        } finally {
            lock.unlock();
        }
    }

    void freeOne(int block) {
        lock.lock();
        try {
            free(block);
        } finally {
            lock.unlock();
        }
    }

    /** The segment with the fewest free blocks that may be taken, or NONE. */
    private int fullest() {
        for (int free = 1; free <= StoreGeometry.BLOCKS_PER_SEGMENT; free++) {
            int segment = byFree[free];
            if (segment != SegmentTable.NONE && segment == keptOut) {
                segment = table.next(segment);
            }
            if (segment != SegmentTable.NONE) {
                return segment;
            }
        }
        return SegmentTable.NONE;
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

    private int takeFree() {
        int segment = fullest();
        if (segment == SegmentTable.NONE) {
            segment = pool.take();
            if (segment == SegmentTable.NONE) {
                return NONE;
            }
            table.freeBlocks(segment, ALL_FREE);
            link(segment);
            segments++;
            freeBlocks += StoreGeometry.BLOCKS_PER_SEGMENT;
        }
        return takeFrom(segment);
    }

    private int takeFrom(int segment) {
        unlink(segment);
        int bits = table.freeBlocks(segment);
        int bit = Integer.numberOfTrailingZeros(bits);
        table.freeBlocks(segment, bits & bits - 1);
        link(segment);
        freeBlocks--;
        usedBlocks++;
        return segment * StoreGeometry.BLOCKS_PER_SEGMENT + bit;
    }

    private void link(int segment) {
        int free = Integer.bitCount(table.freeBlocks(segment));
        int next = byFree[free];
        table.previous(segment, SegmentTable.NONE);
        table.next(segment, next);
        if (next != SegmentTable.NONE) {
            table.previous(next, segment);
        }
        byFree[free] = segment;
    }

    private void unlink(int segment) {
        int previous = table.previous(segment);
        int next = table.next(segment);
        if (previous == SegmentTable.NONE) {
            byFree[Integer.bitCount(table.freeBlocks(segment))] = next;
        } else {
            table.next(previous, next);
        }
        if (next != SegmentTable.NONE) {
            table.previous(next, previous);
        }
    }

    /**
     * Whether so many blocks are free in segments that are partly used that moving blocks frees
     * segments cheaply.
     */
    boolean isScattered() {
        return freeBlocks >= MIN_SCATTERED && freeBlocks * 4 > usedBlocks;
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
        if (first < StoreGeometry.BLOCKS_PER_SEGMENT
                || first >= geometry.maxSegments() * StoreGeometry.BLOCKS_PER_SEGMENT) {
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
        lock.lock();
        try {
            int block = first;
            while (block != NONE) {
                int next = next(block);
                free(block);
                block = next;
                count++;
            }
        } finally {
            lock.unlock();
        }
        return count;
    }

    private void free(int block) {
        int segment = block / StoreGeometry.BLOCKS_PER_SEGMENT;
        unlink(segment);
        int bits = table.freeBlocks(segment) | 1 << block % StoreGeometry.BLOCKS_PER_SEGMENT;
        table.freeBlocks(segment, bits);
        freeBlocks++;
        usedBlocks--;
        if (bits == ALL_FREE) {
            freeBlocks -= StoreGeometry.BLOCKS_PER_SEGMENT;
            segments--;
            pool.release(segment);
        } else {
            link(segment);
        }
    }
}
