package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;

/**
 * Writes the record of an item that moves: what depends on the segment is said anew, the rest is
 * copied. Owner: shard lock.
 */
final class RecordCopy {
    private final RecordLayout layout;
    private final SegmentTable table;
    private final CasUniques uniques;
    private final long base;
    private final int segmentShift;

    RecordCopy(StoreCore core, CasUniques uniques) {
        this.layout = core.layout();
        this.table = core.table();
        this.uniques = uniques;
        this.base = core.base();
        this.segmentShift = core.geometry().segmentShift();
    }

    private int segmentOf(long offset) {
        return (int) (offset >>> segmentShift);
    }

    /**
     * Whether a record with {@code head} at {@code offset} can hold {@code cas}, or the next one
     * where that is 0.
     */
    boolean fits(int head, long cas, long offset) {
        if (!layout.hasCas() || (head & RecordLayout.WIDE_CAS) != 0) {
            return true;
        }
        long casBase = table.casBase(segmentOf(offset));
        return cas == 0 ? uniques.isNear(casBase) : uniques.fits(cas, casBase);
    }

    /** Writes a new record's fields, all but key, value, chain and CAS unique. */
    void begin(long offset, int head, int exptime, int clientFlags, int now) {
        long to = base + offset;
        Memory.putInt(to, head);
        if (exptime != 0) {
            Memory.putInt(to + layout.exptimeOffset(head), exptime);
        }
        if (clientFlags != 0) {
            Memory.putInt(to + layout.flagsOffset(head), clientFlags);
        }
        lastAccess(offset, head, now);
    }

    void cas(long offset, int head, long cas) {
        long at = base + offset + layout.casOffset();
        if ((head & RecordLayout.WIDE_CAS) != 0) {
            Memory.putLong(at, cas);
        } else {
            Memory.putInt(at, uniques.narrow(cas, table.casBase(segmentOf(offset))));
        }
    }

    void lastAccess(long offset, int head, int time) {
        Memory.putShort(base + offset + layout.accessOffset(head),
                AccessTime.of(time, table.born(segmentOf(offset))));
    }

    /** Writes what {@code item} says to {@code offset}, with another head, exptime, CAS unique. */
    void copy(ItemFields item, long offset, int head, int exptime, long cas) {
        long to = base + offset;
        begin(offset, head, exptime, item.clientFlags(), item.lastAccess());
        if (layout.hasVersions()) {
            Memory.copy(item.record + RecordLayout.VERSION_OFFSET, to + RecordLayout.VERSION_OFFSET,
                    16);
        }
        if (layout.hasCas()) {
            cas(offset, head, cas);
        }
        if (item.chained()) {
            Memory.putLong(to + layout.chainOffset(head),
                    Memory.getLong(item.record + layout.chainOffset(item.head)));
        }
        Memory.copy(item.keyAddress(), to + layout.keyOffset(head),
                (long) item.keyBytes() + item.inlineBytes());
    }
}
