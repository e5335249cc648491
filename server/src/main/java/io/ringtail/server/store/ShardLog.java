package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;

/**
 * The logs of one shard: for each queue and class of time to live an open segment that records are
 * appended to, and for each queue the sealed segments in order of sealing. Owner: shard lock.
 */
final class ShardLog {
    static final int PROBATION = 0;
    static final int MAIN = 1;
    static final int QUEUES = 2;

    private final StoreCore core;
    private final int shard;
    private final long base;
    private final StoreGeometry geometry;
    private final SegmentTable table;
    private final SpareSegments spares;
    private final ExpiryClasses classes;
    private final Holes holes;
    private final VoidWalk voidWalk;
    private final CasUniques uniques;
    private final int[] open;
    private final int[] oldest = new int[QUEUES];
    private final int[] newest = new int[QUEUES];
    private final long[] liveBytes = new long[QUEUES];
    private int segments;
    private long freedBytes;
    private long serial = 1;
    private volatile long flushedBelow;
    /** Whether the room of the last {@link #allocate} is a hole in a segment that is sealed. */
    private boolean tookHole;

    ShardLog(StoreCore core, int shard, CasUniques uniques) {
        this.core = core;
        this.shard = shard;
        this.uniques = uniques;
        this.base = core.base();
        this.geometry = core.geometry();
        this.table = core.table();
        this.spares = new SpareSegments(table, core.pool());
        this.classes = core.expiryClasses();
        this.voidWalk = new VoidWalk(this, table);
        this.open = new int[QUEUES * classes.count()];
        this.holes = new Holes(base, QUEUES * classes.count());
    }

    /** Room for a record, or 0. {@code reserve} spare segments are left alone. */
    long allocate(int queue, int ttlClass, int bytes, int exptime, int reserve) {
        int list = queue * classes.count() + ttlClass;
        long offset = holes.take(list, bytes);
        tookHole = offset != 0;
        if (offset == 0) {
            return append(queue, ttlClass, bytes, exptime, reserve);
        }
        int segment = segmentOf(offset);
        tookHole = segment != open[list];
        charge(segment, bytes, exptime);
        return offset;
    }

    /** Room at the end of the queue's open segment, or 0. */
    long append(int queue, int ttlClass, int bytes, int exptime, int reserve) {
        int list = queue * classes.count() + ttlClass;
        int segment = open[list];
        if (segment == SegmentTable.NONE || table.used(segment) + bytes > geometry.segmentBytes()) {
            if (spares.count() <= reserve) {
                return 0;
            }
            if (segment != SegmentTable.NONE) {
                seal(list);
            }
            segment = spares.take();
            table.open(segment, serial++, shard, queue, ttlClass, core.now());
            table.casBase(segment, uniques.current());
            open[list] = segment;
            segments++;
        }
        int used = table.used(segment);
        table.used(segment, used + bytes);
        charge(segment, bytes, exptime);
        return ((long) segment << geometry.segmentShift()) + used;
    }

    boolean tookHole() {
        return tookHole;
    }

    private void charge(int segment, int bytes, int exptime) {
        table.addLive(segment, bytes);
        liveBytes[table.queue(segment)] += bytes;
        if (exptime > table.exptime(segment)) {
            table.exptime(segment, exptime);
        }
    }

    /** Takes the room of a record back; it was unpublished before. */
    void free(long offset, int bytes) {
        freedBytes += bytes;
        int segment = segmentOf(offset);
        discharge(segment, bytes);
        if (table.isLeaving(segment) || table.serial(segment) < flushedBelow) {
            Memory.putInt(base + offset, RecordLayout.deadHead(bytes, false));
        } else {
            holes.add(listOf(segment), offset, bytes);
        }
    }

    /** Takes note that a record of a segment under reclamation is gone. */
    void discharge(int segment, int bytes) {
        table.addLive(segment, -bytes);
        liveBytes[table.queue(segment)] -= bytes;
    }

    /** Counts memory of a record outside the log: its blocks. */
    void addChain(int queue, long bytes) {
        liveBytes[queue] += bytes;
    }

    /** Takes a sealed segment's holes off their lists: it is to be freed. */
    void leave(int segment) {
        boolean listed = !table.isLeaving(segment) && table.serial(segment) >= flushedBelow;
        long start = (long) segment << geometry.segmentShift();
        int used = listed ? table.used(segment) : 0;
        for (int at = 0; at < used;) {
            long record = base + start + at;
            int head = Memory.getInt(record);
            if (RecordLayout.isListed(head)) {
                holes.remove(listOf(segment), start + at, RecordLayout.deadBytes(head));
                Memory.putInt(record, RecordLayout.deadHead(RecordLayout.deadBytes(head), false));
            }
            at += core.layout().lengthAt(record);
        }
        table.markLeaving(segment);
    }

    private int listOf(int segment) {
        return table.queue(segment) * classes.count() + table.ttlClass(segment);
    }

    int segmentOf(long offset) {
        return (int) (offset >>> geometry.segmentShift());
    }

    private void seal(int list) {
        int segment = open[list];
        open[list] = SegmentTable.NONE;
        int queue = table.queue(segment);
        int last = newest[queue];
        table.previous(segment, last);
        table.next(segment, SegmentTable.NONE);
        if (last == SegmentTable.NONE) {
            oldest[queue] = segment;
        } else {
            table.next(last, segment);
        }
        newest[queue] = segment;
        voidWalk.sealed(segment);
    }

    /** Seals the queue's open segments that hold anything; false where there are none. */
    boolean sealOpen(int queue) {
        boolean sealed = false;
        for (int ttlClass = 0; ttlClass < classes.count(); ttlClass++) {
            if (open[queue * classes.count() + ttlClass] != SegmentTable.NONE) {
                seal(queue * classes.count() + ttlClass);
                sealed = true;
            }
        }
        return sealed;
    }

    /** First sealed segment of a queue. */
    int oldest(int queue) {
        return oldest[queue];
    }

    int openSegment(int queue, int ttlClass) {
        return open[queue * classes.count() + ttlClass];
    }

    /** Takes a sealed segment without live records out of its queue; it becomes a spare or free. */
    void retire(int segment) {
        int queue = table.queue(segment);
        int previous = table.previous(segment);
        int next = table.next(segment);
        if (previous == SegmentTable.NONE) {
            oldest[queue] = next;
        } else {
            table.next(previous, next);
        }
        if (next == SegmentTable.NONE) {
            newest[queue] = previous;
        } else {
            table.previous(next, previous);
        }
        voidWalk.left(segment, next);
        segments--;
        spares.add(segment);
    }

    SpareSegments spares() {
        return spares;
    }

    /** Segments of this shard that records are in. */
    int segments() {
        return segments;
    }

    /** All bytes that {@link #free} ever took back. */
    long freedBytes() {
        return freedBytes;
    }

    /** The sealed segment with the least live bytes, or NONE. */
    int emptiest() {
        int emptiest = SegmentTable.NONE;
        for (int first : oldest) {
            for (int segment = first; segment != SegmentTable.NONE; segment = table.next(segment)) {
                if (emptiest == SegmentTable.NONE || table.live(segment) < table.live(emptiest)) {
                    emptiest = segment;
                }
            }
        }
        return emptiest;
    }

    VoidWalk voidWalk() {
        return voidWalk;
    }

    /** Whether there may be segments from before a flush. */
    boolean hasFlushed() {
        return flushedBelow != 0;
    }

    boolean isFlushedSegment(int segment) {
        return table.serial(segment) < flushedBelow;
    }

    /** Whether one of the queues starts with a segment from before the last flush. */
    boolean startsFlushed() {
        for (int first : oldest) {
            if (first != SegmentTable.NONE && isFlushedSegment(first)) {
                return true;
            }
        }
        return false;
    }

    /** Nothing from before the last flush is left. */
    void flushDone() {
        flushedBelow = 0;
    }

    /** Seals open segments whose items have all expired. */
    void sealExpired(int now) {
        for (int list = 0; list < open.length; list++) {
            if (open[list] != SegmentTable.NONE && isExpired(open[list], now)) {
                seal(list);
            }
        }
    }

    private boolean isExpired(int segment, int now) {
        return table.ttlClass(segment) != ExpiryClasses.NEVER && table.exptime(segment) <= now;
    }

    /** Seconds since the oldest sealed segment was opened. */
    int age(int now) {
        int age = 0;
        for (int segment : oldest) {
            age = segment == SegmentTable.NONE ? age : Math.max(age, now - table.born(segment));
        }
        return age;
    }

    /** Bytes of live records of a queue, with their blocks. */
    long liveBytes(int queue) {
        return liveBytes[queue];
    }

    long liveBytes() {
        return liveBytes[PROBATION] + liveBytes[MAIN];
    }

    long holeBytes() {
        return holes.bytes();
    }

    /** Everything written so far counts as flushed. */
    void flush() {
        for (int queue = 0; queue < QUEUES; queue++) {
            sealOpen(queue);
        }
        holes.clear();
        flushedBelow = serial;
    }

    boolean isFlushed(long offset) {
        long below = flushedBelow;
        return below != 0 && table.serial(segmentOf(offset)) < below;
    }
}
