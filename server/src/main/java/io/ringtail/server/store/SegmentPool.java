package io.ringtail.server.store;

/**
 * Hands out segments and keeps the limit: segments with memory behind them and the touched pages of
 * the tables never exceed it together. Thread-safe through a lock of its own, the innermost one.
 */
final class SegmentPool implements AutoCloseable {
    /** Segments are populated ahead for this part of what is in use. */
    private static final int AHEAD_PART = 8;
    private static final long MIN_AHEAD_BYTES = 2 * MappedMemory.HUGE_PAGE_BYTES;
    private static final long MAX_AHEAD_BYTES = 32 * MappedMemory.HUGE_PAGE_BYTES;
    /** Room below the limit that is not populated ahead: small pages do there. */
    private static final long LEFT_BYTES = 2 * MappedMemory.HUGE_PAGE_BYTES;

    private final ShardLock lock = new ShardLock();
    private final MappedMemory memory;
    private final StoreGeometry geometry;
    private final SegmentTable table;
    private long limitBytes;
    private long tableBytes;
    /** Segments with memory behind them, in use, free or being populated. */
    private int backed;
    private int freeBacked;
    /** What is being populated: these segments, of which so many were not taken meanwhile. */
    private int piece;
    private int pieceEnd;
    private int populating;
    /** Spare segments of shards that nothing was stored in yet. */
    private int idleInUse = Integer.MAX_VALUE;
    private final Populator populator;
    private int firstFree = SegmentTable.NONE;
    private int firstDiscarded = SegmentTable.NONE;
    private int unused = 1;
    private boolean hugePages;

    SegmentPool(MappedMemory memory, StoreGeometry geometry, SegmentTable table, long limitBytes,
            boolean hugePages) {
        this.memory = memory;
        this.geometry = geometry;
        this.table = table;
        this.limitBytes = limitBytes;
        this.hugePages = hugePages;
        this.populator = new Populator(this);
    }

    /** What was taken up to now is of no item yet. */
    void startIdle() {
        idleInUse = inUse();
    }

    private long segmentsBytes() {
        return (long) geometry.maxSegments() << geometry.segmentShift();
    }

    /**
     * Huge pages only while all of a page is segments with memory: the kernel may merge pages again
     * over segments that were given back.
     */
    private void stopHugePages() {
        if (hugePages) {
            hugePages = false;
            memory.useSmallPages(memory.address(), segmentsBytes());
        }
    }

    /** A segment whose memory may be used, or NONE where the limit is reached. */
    int take() {
        lock.lock();
        try {
            if (needsPopulating()) {
                populator.wake();
            }
            if (firstFree != SegmentTable.NONE) {
                int segment = firstFree;
                firstFree = table.next(segment);
                freeBacked--;
                return segment;
            }
            return bytesWithOneMore() <= limitBytes ? back() : takeOfPiece();
        } finally {
            lock.unlock();
        }
    }

    /** The last resort: a segment that is being populated, which does no harm. */
    private int takeOfPiece() {
        if (populating == 0) {
            return SegmentTable.NONE;
        }
        populating--;
        return piece + populating;
    }

    private int back() {
        int segment = firstDiscarded;
        if (segment != SegmentTable.NONE) {
            firstDiscarded = table.next(segment);
        } else if (unused < geometry.maxSegments()) {
            segment = unused++;
        } else {
            return SegmentTable.NONE;
        }
        backed++;
        return segment;
    }

    /** Takes a segment back. */
    void release(int segment) {
        lock.lock();
        try {
            free(segment);
            discardExcess();
        } finally {
            lock.unlock();
        }
    }

    private void free(int segment) {
        table.next(segment, firstFree);
        firstFree = segment;
        freeBacked++;
    }

    /** What is being populated would have memory again at once. */
    private boolean canDiscard() {
        return freeBacked > 0 && (firstFree < piece || firstFree >= pieceEnd);
    }

    private void discardExcess() {
        while (overLimit() && canDiscard()) {
            discardOne();
        }
    }

    /**
     * Whether segments should be populated: as many as are a part of those in use, so that memory
     * is used on demand.
     */
    private boolean needsPopulating() {
        if (!hugePages || inUse() <= idleInUse) {
            return false;
        }
        long used = (long) inUse() << geometry.segmentShift();
        long wanted = Math.clamp(used / AHEAD_PART, MIN_AHEAD_BYTES, MAX_AHEAD_BYTES);
        return (long) freeBacked + populating << geometry.segmentShift() < wanted
                && usedBytes() + LEFT_BYTES <= limitBytes
                && unusedStart() + MappedMemory.HUGE_PAGE_BYTES <= segmentsBytes();
    }

    private long unusedStart() {
        return (long) unused << geometry.segmentShift();
    }

    /** Populates segments up to the end of a huge page; false where there is no need. */
    boolean populate() {
        int count = startPopulating();
        if (count > 0) {
            memory.populate(memory.address() + ((long) piece << geometry.segmentShift()),
                    (long) count << geometry.segmentShift());
            finishPopulating();
        }
        return count > 0;
    }

    private int startPopulating() {
        lock.lock();
        try {
            if (!needsPopulating()) {
                return 0;
            }
            int whole = segmentsPerHugePage();
            int count = whole - unused % whole;
            if (count == whole) {
                memory.useHugePages(memory.address() + unusedStart(), MappedMemory.HUGE_PAGE_BYTES);
            }
            piece = unused;
            unused += count;
            pieceEnd = unused;
            populating = count;
            backed += count;
            return count;
        } finally {
            lock.unlock();
        }
    }

    private void finishPopulating() {
        lock.lock();
        try {
            while (populating > 0) {
                populating--;
                free(piece + populating);
            }
            pieceEnd = 0;
            discardExcess();
        } finally {
            lock.unlock();
        }
    }

    private int segmentsPerHugePage() {
        return (int) (MappedMemory.HUGE_PAGE_BYTES >> geometry.segmentShift());
    }

    /**
     * Accounts for {@code bytes} of tables, giving free segments back to the system where that
     * helps.
     */
    boolean reserveTable(long bytes) {
        lock.lock();
        try {
            while (usedBytes() + bytes > limitBytes && canDiscard()) {
                discardOne();
            }
            if (usedBytes() + bytes > limitBytes) {
                return false;
            }
            tableBytes += bytes;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Returns table memory that was given back to the system. */
    void releaseTable(long bytes) {
        lock.lock();
        tableBytes -= bytes;
        lock.unlock();
    }

    private void discardOne() {
        stopHugePages();
        int segment = firstFree;
        firstFree = table.next(segment);
        freeBacked--;
        backed--;
        memory.discard(memory.address() + ((long) segment << geometry.segmentShift()),
                geometry.segmentBytes());
        table.next(segment, firstDiscarded);
        firstDiscarded = segment;
    }

    /** Changes the limit; {@link #overLimit} tells how much has to be freed yet. */
    boolean resize(long bytes) {
        lock.lock();
        try {
            if (bytes > segmentsBytes()) {
                return false;
            }
            limitBytes = bytes;
            discardExcess();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether more is in use than a lowered limit allows; a hint without the lock. */
    boolean overLimit() {
        return usedBytes() > limitBytes;
    }

    /** Memory behind segments and tables; a hint without the lock. */
    long usedBytes() {
        return bytes(backed, unused);
    }

    /**
     * Rows of the tables stay resident once they were touched, whatever becomes of their segments.
     */
    private long bytes(long segments, int rows) {
        return (segments << geometry.segmentShift()) + geometry.rowBytes(rows) + tableBytes;
    }

    private long bytesWithOneMore() {
        return bytes(backed + 1L, firstDiscarded == SegmentTable.NONE ? unused + 1 : unused);
    }

    /** What {@link #usedBytes} would be without free segments. */
    long neededBytes() {
        return bytes(inUse(), unused);
    }

    long limitBytes() {
        return limitBytes;
    }

    long tableBytes() {
        return tableBytes;
    }

    /** Segments that somebody took and did not return. */
    int inUse() {
        return backed - freeBacked - populating;
    }

    /** Segments that could be taken now; a hint without the lock. */
    long available() {
        return freeBacked + Math.max(0, limitBytes - usedBytes() - 2L * StoreGeometry.PAGE_BYTES
                >> geometry.segmentShift());
    }

    /** To be called before the memory goes. */
    @Override
    public void close() {
        populator.close();
    }
}
