package io.ringtail.server.store;

/**
 * Free segments that a shard keeps in hand, so that its next write need not wait for one. Owner:
 * shard lock.
 */
final class SpareSegments {
    private final SegmentTable table;
    private final SegmentPool pool;
    private int first = SegmentTable.NONE;
    private int count;

    SpareSegments(SegmentTable table, SegmentPool pool) {
        this.table = table;
        this.pool = pool;
    }

    int count() {
        return count;
    }

    int take() {
        int segment = first;
        first = table.next(segment);
        count--;
        return segment;
    }

    void add(int segment) {
        table.next(segment, first);
        first = segment;
        count++;
    }

    /** Gives what is above {@code wanted} to the pool. */
    void trim(int wanted) {
        while (count > wanted) {
            pool.release(take());
        }
    }

    /** Sees to it that there are exactly {@code wanted}; false where the pool has too few. */
    boolean balance(int wanted) {
        trim(wanted);
        while (count < wanted) {
            int segment = pool.take();
            if (segment == SegmentTable.NONE) {
                return false;
            }
            add(segment);
        }
        return true;
    }
}
