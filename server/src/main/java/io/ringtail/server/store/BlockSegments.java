package io.ringtail.server.store;

/**
 * Segments that are cut into blocks, listed by how many of their blocks are free; the fullest are
 * taken from first. A segment whose last block is freed goes back to the pool. Thread-safe through
 * a lock of its own, inside the shard locks and around the pool's.
 */
final class BlockSegments {
    private static final int ALL_FREE = 0xFFFF;
    /** Free blocks of two segments. */
    private static final int MIN_SCATTERED = 2 * StoreGeometry.BLOCKS_PER_SEGMENT;

    private final ShardLock lock = new ShardLock();
    private final SegmentTable table;
    private final SegmentPool pool;
    /** Segments by their number of free blocks. */
    private final int[] byFree = new int[StoreGeometry.BLOCKS_PER_SEGMENT + 1];
    private int free;
    private int used;
    private int segments;
    /** A segment that is being emptied. */
    private int keptOut;

    BlockSegments(SegmentTable table, SegmentPool pool) {
        this.table = table;
        this.pool = pool;
    }

    int used() {
        return used;
    }

    int free() {
        return free;
    }

    int segments() {
        return segments;
    }

    /**
     * Whether so many blocks are free in segments that are partly used that moving blocks frees
     * segments cheaply.
     */
    boolean isScattered() {
        return free >= MIN_SCATTERED && free * 4 > used;
    }

    /** A free block, of a fresh segment where there is no other; NONE where there is no memory. */
    int take() {
        lock.lock();
        try {
            int segment = fullest();
            return segment != SegmentTable.NONE || (segment = cut()) != SegmentTable.NONE
                    ? takeFrom(segment)
                    : Blocks.NONE;
        } finally {
            lock.unlock();
        }
    }

    /** A free block of a segment that is partly used; NONE where there is none. */
    int takeBeside() {
        lock.lock();
        try {
            int segment = fullest();
            return segment == SegmentTable.NONE ? Blocks.NONE : takeFrom(segment);
        } finally {
            lock.unlock();
        }
    }

    /** The segment with the fewest free blocks that may be taken, or NONE. */
    private int fullest() {
        for (int count = 1; count <= StoreGeometry.BLOCKS_PER_SEGMENT; count++) {
            int segment = byFree[count];
            if (segment != SegmentTable.NONE && segment == keptOut) {
                segment = table.next(segment);
            }
            if (segment != SegmentTable.NONE) {
                return segment;
            }
        }
        return SegmentTable.NONE;
    }

    private int cut() {
        int segment = pool.take();
        if (segment != SegmentTable.NONE) {
            table.freeBlocks(segment, ALL_FREE);
            link(segment);
            segments++;
            free += StoreGeometry.BLOCKS_PER_SEGMENT;
        }
        return segment;
    }

    private int takeFrom(int segment) {
        unlink(segment);
        int bits = table.freeBlocks(segment);
        table.freeBlocks(segment, bits & bits - 1);
        link(segment);
        free--;
        used++;
        return segment * StoreGeometry.BLOCKS_PER_SEGMENT + Integer.numberOfTrailingZeros(bits);
    }

    void free(int block) {
        lock.lock();
        try {
            int segment = block / StoreGeometry.BLOCKS_PER_SEGMENT;
            unlink(segment);
            int bits = table.freeBlocks(segment) | 1 << block % StoreGeometry.BLOCKS_PER_SEGMENT;
            table.freeBlocks(segment, bits);
            free++;
            used--;
            if (bits == ALL_FREE) {
                free -= StoreGeometry.BLOCKS_PER_SEGMENT;
                segments--;
                pool.release(segment);
            } else {
                link(segment);
            }
        } finally {
            lock.unlock();
        }
    }

    private void link(int segment) {
        int count = Integer.bitCount(table.freeBlocks(segment));
        int next = byFree[count];
        table.previous(segment, SegmentTable.NONE);
        table.next(segment, next);
        if (next != SegmentTable.NONE) {
            table.previous(next, segment);
        }
        byFree[count] = segment;
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
     * The segment with the most free blocks among those that are partly used, or NONE; no more
     * blocks are taken from it until {@link #keepNoneOut}.
     */
    int keepOutEmptiest() {
        lock.lock();
        try {
            for (int count = StoreGeometry.BLOCKS_PER_SEGMENT - 1; count > 0; count--) {
                if (byFree[count] != SegmentTable.NONE) {
                    keptOut = byFree[count];
                    return keptOut;
                }
            }
            return SegmentTable.NONE;
        } finally {
            lock.unlock();
        }
    }

    void keepNoneOut() {
        lock.lock();
        keptOut = SegmentTable.NONE;
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
}
