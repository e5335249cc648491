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

    SegmentPool(MappedMemory memory, StoreGeometry geometry, SegmentTable table, long limitBytes) {
        this.memory = memory;
        this.geometry = geometry;
        this.table = table;
        this.limitBytes = limitBytes;
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
            return (backed + 1) * geometry.bytesPerSegment() + tableBytes <= limitBytes ? back()
                    : SegmentTable.NONE;
        } finally {
            lock.unlock();
        }
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
            if (bytes > (geometry.maxSegments() - 1) * geometry.bytesPerSegment()) {
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
        return backed * geometry.bytesPerSegment() + tableBytes;
    }

    /** What {@link #usedBytes} would be without free segments. */
    long neededBytes() {
        return inUse() * geometry.bytesPerSegment() + tableBytes;
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
        return freeBacked + Math.max(0, (limitBytes - usedBytes()) / geometry.bytesPerSegment());
    }
}
