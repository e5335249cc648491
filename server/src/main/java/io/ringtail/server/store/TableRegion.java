package io.ringtail.server.store;

/**
 * A table that grows at its end inside reserved address space and counts in the limit. Owner: shard
 * lock.
 */
final class TableRegion {
    private final SegmentPool pool;
    private final MappedMemory memory;
    private final long base;
    private final long maxBytes;
    private final int pageBytes;
    private long heldBytes;

    TableRegion(SegmentPool pool, MappedMemory memory, long base, long maxBytes, int pageBytes) {
        this.pool = pool;
        this.memory = memory;
        this.base = base;
        this.maxBytes = maxBytes;
        this.pageBytes = pageBytes;
    }

    long base() {
        return base;
    }

    /** Makes the first {@code bytes} bytes usable; false where the limit does not allow it. */
    boolean hold(long bytes) {
        while (heldBytes < bytes) {
            if (bytes > maxBytes || !pool.reserveTable(pageBytes)) {
                return false;
            }
            heldBytes += pageBytes;
        }
        return true;
    }

    /** Gives back what lies behind the first {@code bytes} bytes. */
    void trim(long bytes) {
        long kept = (bytes + pageBytes - 1) / pageBytes * pageBytes;
        if (kept < heldBytes) {
            memory.discard(base + kept, heldBytes - kept);
            pool.releaseTable(heldBytes - kept);
            heldBytes = kept;
        }
    }
}
