package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;

/**
 * One row for each segment, off the heap.
 *
 * <pre>
 *    0        8      12     16     20     24        28     32      34      35      36
 *    | serial | used | live | next | prev | exptime | born | shard | queue | class | blocks |
 *      8        4      4      4      4      4         4      2       1       1       4
 *    40        44     48         56
 *    | leaving |      | CAS base |
 *      4         4      8
 * </pre>
 *
 * Owner of a row: the shard whose log the segment is part of, otherwise the pool's lock.
 */
final class SegmentTable {
    static final int ENTRY_BYTES = 64;
    /** Marks the end of a list and a missing segment. */
    static final int NONE = 0;

    private static final int SERIAL = 0;
    private static final int USED = 8;
    private static final int LIVE = 12;
    private static final int NEXT = 16;
    private static final int PREVIOUS = 20;
    private static final int EXPTIME = 24;
    private static final int BORN = 28;
    private static final int SHARD = 32;
    private static final int QUEUE = 34;
    private static final int CLASS = 35;
    private static final int BLOCKS = 36;
    private static final int LEAVING = 40;
    private static final int CAS_BASE = 48;

    private final long base;

    SegmentTable(long base) {
        this.base = base;
    }

    private long row(int segment) {
        return base + (long) segment * ENTRY_BYTES;
    }

    /** Starts a log segment. */
    void open(int segment, long serial, int shard, int queue, int ttlClass, int now) {
        long row = row(segment);
        Memory.putLong(row + SERIAL, serial);
        Memory.putInt(row + USED, 0);
        Memory.putInt(row + LIVE, 0);
        Memory.putInt(row + NEXT, NONE);
        Memory.putInt(row + PREVIOUS, NONE);
        Memory.putInt(row + EXPTIME, 0);
        Memory.putInt(row + BORN, now);
        Memory.putShort(row + SHARD, (short) shard);
        Memory.putByte(row + QUEUE, (byte) queue);
        Memory.putByte(row + CLASS, (byte) ttlClass);
        Memory.putInt(row + BLOCKS, 0);
        Memory.putInt(row + LEAVING, 0);
    }

    /** Order of opening within the shard; tells segments from before a flush. */
    long serial(int segment) {
        return Memory.getLong(row(segment) + SERIAL);
    }

    /** Bytes that records were written to, from the start on. */
    int used(int segment) {
        return Memory.getInt(row(segment) + USED);
    }

    void used(int segment, int bytes) {
        Memory.putInt(row(segment) + USED, bytes);
    }

    /** Bytes of records that are published. */
    int live(int segment) {
        return Memory.getInt(row(segment) + LIVE);
    }

    void addLive(int segment, int bytes) {
        long at = row(segment) + LIVE;
        Memory.putInt(at, Memory.getInt(at) + bytes);
    }

    int next(int segment) {
        return Memory.getInt(row(segment) + NEXT);
    }

    void next(int segment, int next) {
        Memory.putInt(row(segment) + NEXT, next);
    }

    int previous(int segment) {
        return Memory.getInt(row(segment) + PREVIOUS);
    }

    void previous(int segment, int previous) {
        Memory.putInt(row(segment) + PREVIOUS, previous);
    }

    /** When the last item expires; 0 where one never does or none was written. */
    int exptime(int segment) {
        return Memory.getInt(row(segment) + EXPTIME);
    }

    void exptime(int segment, int exptime) {
        Memory.putInt(row(segment) + EXPTIME, exptime);
    }

    /** The shard's CAS unique when the segment was opened. */
    long casBase(int segment) {
        return Memory.getLong(row(segment) + CAS_BASE);
    }

    void casBase(int segment, long cas) {
        Memory.putLong(row(segment) + CAS_BASE, cas);
    }

    int born(int segment) {
        return Memory.getInt(row(segment) + BORN);
    }

    int shard(int segment) {
        return Memory.getShort(row(segment) + SHARD);
    }

    int queue(int segment) {
        return Memory.getByte(row(segment) + QUEUE);
    }

    int ttlClass(int segment) {
        return Memory.getByte(row(segment) + CLASS);
    }

    /** Whether the segment is gone through to be freed, so that its holes are of no more use. */
    boolean isLeaving(int segment) {
        return Memory.getInt(row(segment) + LEAVING) != 0;
    }

    void markLeaving(int segment) {
        Memory.putInt(row(segment) + LEAVING, 1);
    }

    /** Bits of the free blocks of a segment that is cut into blocks. */
    int freeBlocks(int segment) {
        return Memory.getInt(row(segment) + BLOCKS);
    }

    void freeBlocks(int segment, int bits) {
        Memory.putInt(row(segment) + BLOCKS, bits);
    }
}
