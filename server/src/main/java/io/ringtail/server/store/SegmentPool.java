package io.ringtail.server.store;

/**
 * Hands out segments and keeps the limit: segments with memory behind them and the touched pages of
 * the tables never exceed it together. Thread-safe through a lock of its own, the innermost one.
 */
final class SegmentPool {
    private final ShardLock lock = new ShardLock();
    private final MappedMemory memory;
    private final StoreGeometry geometry;
    private final SegmentTable table;
    private long limitBytes;
    private long tableBytes;
    /** Segments with memory behind them, in use or free. */
    private int backed;
    private int freeBacked;
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
        if (hugePages) {
            memory.useHugePages(memory.address(), segmentsBytes());
        }
    }

    private long segmentsBytes() {
        return (long) geometry.maxSegments() << geometry.segmentShift();
    }

    /**
     * Huge pages only while all of a page is segments in use: its unused end counts as resident,
     * and the kernel may merge pages again over segments that were given back.
     */
    private void stopHugePages() {
        if (hugePages) {
            hugePages = false;
            memory.useSmallPages(memory.address(), segmentsBytes());
            long end = (long) unused << geometry.segmentShift();
            if (unusedTail(end) > 0) {
                memory.discard(memory.address() + end, unusedTail(end));
            }
        }
    }

    /**
     * Whether the huge page that the next fresh segment lies in would be more than the limit
     * allows.
     */
    private boolean hugePageExceeds() {
        long end = (unused + 1L) << geometry.segmentShift();
        return bytesWithOneMore() + unusedTail(end) > limitBytes;
    }

    /** What lies behind the last segment in its huge page. */
    private static long unusedTail(long end) {
        return -end & MappedMemory.HUGE_PAGE_BYTES - 1;
    }

    /** A segment whose memory may be used, or NONE where the limit is reached. */
    int take() {
        lock.lock();
        try {
            if (firstFree != SegmentTable.NONE) {
                int segment = firstFree;
                firstFree = table.next(segment);
                freeBacked--;
                return segment;
            }
            return bytesWithOneMore() <= limitBytes ? back() : SegmentTable.NONE;
        } finally {
            lock.unlock();
        }
    }

    private int back() {
        int segment = firstDiscarded;
        if (segment != SegmentTable.NONE) {
            firstDiscarded = table.next(segment);
        } else if (unused < geometry.maxSegments()) {
            if (hugePages && hugePageExceeds()) {
                stopHugePages();
            }
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
            table.next(segment, firstFree);
            firstFree = segment;
            freeBacked++;
            while (overLimit() && freeBacked > 0) {
                discardOne();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Accounts for {@code bytes} of tables, giving free segments back to the system where that
     * helps.
     */
    boolean reserveTable(long bytes) {
        lock.lock();
        try {
            while (usedBytes() + bytes > limitBytes && freeBacked > 0) {
                discardOne();
            }
            if (usedBytes() + bytes > limitBytes) {
                return false;
            }
            tableBytes += bytes;
            if (usedBytes() + unusedTail((long) unused << geometry.segmentShift()) > limitBytes) {
                stopHugePages();
            }
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
            while (overLimit() && freeBacked > 0) {
                discardOne();
            }
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
        return backed - freeBacked;
    }

    /** Segments that could be taken now; a hint without the lock. */
    long available() {
        return freeBacked + Math.max(0, limitBytes - usedBytes() - 2L * StoreGeometry.PAGE_BYTES
                >> geometry.segmentShift());
    }
}
