package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;

/**
 * Frees the log segments of one shard, record by record. For want of memory it takes the oldest of
 * the queue that the policy names; items that the policy keeps are copied to a queue's head as long
 * as the allowance lasts, which grows with what is written, so that the work per write is bounded.
 * Compaction copies whatever is live out of the segment that holds the least. Owner: shard lock.
 */
final class Reclaimer {
    /** Segments of copies that may be saved up. */
    private static final int MAX_ALLOWANCE_SEGMENTS = 4;
    /** Compaction must gain this part of a segment. */
    private static final int WORTHWHILE_PART = 16;

    private final StoreCore core;
    private final Shard shard;
    private final ShardLog log;
    private final EvictionPolicy policy;
    private final SegmentTable table;
    /**
     * Segments that are being gone through: one of each queue, and one of which nothing is live.
     */
    private final int[] victims = new int[SLOTS];
    private final int[] cursors = new int[SLOTS];
    private final ScannedItem item;
    private final long maxAllowance;
    private long allowance;
    /** What was written last: its own arrival does not evict it. */
    private long newest;
    /** What had been freed when compaction last found nothing worthwhile. */
    private long freedAtLastSearch = -1;

    private static final int VOID = ShardLog.QUEUES;
    private static final int SLOTS = ShardLog.QUEUES + 1;
    /** Segments that are looked at for one without live items before any are evicted. */
    private static final int VOID_ROWS = 512;

    /** Why a segment is gone through. */
    private enum Purpose {
        EVICTION, MAINTENANCE, COMPACTION
    }

    Reclaimer(StoreCore core, Shard shard) {
        this.core = core;
        this.shard = shard;
        this.log = shard.log();
        this.policy = shard.policy();
        this.table = core.table();
        this.item = new ScannedItem(core);
        this.maxAllowance = (long) MAX_ALLOWANCE_SEGMENTS * core.geometry().segmentBytes();
    }

    void newest(long offset) {
        newest = offset;
    }

    /** Allows copies of {@code bytes} more bytes. */
    void allow(long bytes) {
        allowance = Math.min(maxAllowance, allowance + bytes);
    }

    /**
     * Looks at the next victims' records until {@code budget} bytes have been looked at or a
     * segment
     * has become free. Expired and flushed segments come before all others.
     *
     * @return the bytes that were looked at; 0 where the shard has nothing to reclaim
     */
    int evict(int budget, int now) {
        int slot = hasVoid(VOID_ROWS, now) ? VOID : chooseQueue();
        return slot < 0 ? 0 : advance(slot, budget, Purpose.EVICTION, now);
    }

    /**
     * Like {@link #evict}, but only expired and flushed segments are touched, found among the next
     * {@code rows}.
     */
    int discard(int budget, int rows, int now) {
        return hasVoid(rows, now) ? advance(VOID, budget, Purpose.MAINTENANCE, now) : 0;
    }

    private int advance(int slot, int budget, Purpose purpose, int now) {
        int segment = victims[slot];
        int used = table.used(segment);
        int cursor = cursors[slot];
        int done = 0;
        while (done < budget && cursor < used && (done == 0 || !isHeldUp(segment, cursor))) {
            int length = examine(segment, cursor, purpose, now);
            cursor += length;
            done += length;
        }
        cursors[slot] = cursor;
        if (cursor >= used) {
            retire(segment);
        }
        return Math.max(done, 1);
    }

    private boolean hasVoid(int rows, int now) {
        if (victims[VOID] == SegmentTable.NONE) {
            int segment = log.voidWalk().next(rows, now);
            if (segment != SegmentTable.NONE) {
                adopt(segment);
            }
        }
        return victims[VOID] != SegmentTable.NONE;
    }

    /** Takes a void segment, also from the middle of its reclamation as a queue's oldest. */
    private void adopt(int segment) {
        int passed = passed(segment);
        for (int queue = 0; queue < ShardLog.QUEUES; queue++) {
            if (victims[queue] == segment) {
                victims[queue] = SegmentTable.NONE;
            }
        }
        choose(VOID, segment);
        cursors[VOID] = passed;
    }

    private int chooseQueue() {
        int wanted = policy.victimQueue();
        int other = ShardLog.PROBATION + ShardLog.MAIN - wanted;
        if (findVictim(wanted)) {
            boolean otherFirst = isHeldUp(victims[wanted], cursors[wanted]) && findVictim(other);
            return otherFirst ? other : wanted;
        }
        return findVictim(other) ? other : -1;
    }

    private boolean findVictim(int queue) {
        return hasVictim(queue) || log.sealOpen(queue) && hasVictim(queue);
    }

    /** Whether what was written last is next, and can only be kept when there is a spare again. */
    private boolean isHeldUp(int segment, int at) {
        return log.spares().count() == 0
                && ((long) segment << core.geometry().segmentShift()) + at == newest;
    }

    private boolean hasVictim(int queue) {
        if (victims[queue] == SegmentTable.NONE) {
            choose(queue, log.oldest(queue));
        }
        return victims[queue] != SegmentTable.NONE;
    }

    private void choose(int slot, int segment) {
        victims[slot] = segment;
        cursors[slot] = 0;
        if (segment != SegmentTable.NONE) {
            log.leave(segment);
        }
    }

    /** How many bytes of a segment have been dealt with already. */
    int passed(int segment) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (victims[slot] == segment) {
                return cursors[slot];
            }
        }
        return 0;
    }

    /**
     * Frees the segment with the least live bytes by copying them; false where that gains too
     * little.
     */
    boolean compact(int now) {
        long worthwhile = core.geometry().segmentBytes() / WORTHWHILE_PART;
        if (freedAtLastSearch >= 0 && log.freedBytes() - freedAtLastSearch < worthwhile) {
            return false;
        }
        int segment = log.emptiest();
        if (segment == SegmentTable.NONE
                || table.live(segment) > core.geometry().segmentBytes() - worthwhile) {
            freedAtLastSearch = log.freedBytes();
            return false;
        }
        freedAtLastSearch = -1;
        goThrough(segment, Purpose.COMPACTION, now);
        return true;
    }

    private void goThrough(int segment, Purpose purpose, int now) {
        int used = table.used(segment);
        int cursor = passed(segment);
        log.leave(segment);
        while (cursor < used) {
            cursor += examine(segment, cursor, purpose, now);
        }
        retire(segment);
    }

    private void retire(int segment) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (victims[slot] == segment) {
                victims[slot] = SegmentTable.NONE;
            }
        }
        log.retire(segment);
    }

    /** Deals with the record or hole at a place and returns its length. */
    private int examine(int segment, int at, Purpose purpose, int now) {
        long offset = ((long) segment << core.geometry().segmentShift()) + at;
        long record = core.base() + offset;
        int head = Memory.getInt(record);
        if (RecordLayout.isDead(head)) {
            return RecordLayout.deadBytes(head);
        }
        long hash =
                core.hash().of(record + core.layout().keyOffset(head), RecordLayout.keyBytes(head));
        long chain = shard.index().chain(hash);
        long place = shard.index().placeOf(chain, core.address(offset));
        if (place == 0) {
            throw new IllegalStateException("record without entry: offset=" + offset);
        }
        item.load(record, head, IndexLine.entry(place));
        if (purpose == Purpose.MAINTENANCE) {
            shard.statistics().checkedByMaintenance(item);
        }
        int length = core.layout().recordBytes(head);
        settle(segment, chain, place, purpose, now);
        log.discharge(segment, length);
        return length;
    }

    private void settle(int segment, long chain, long place, Purpose purpose, int now) {
        int queue = table.queue(segment);
        boolean expired = RecordLayout.expired(item.exptime(), now);
        if (expired || log.isFlushed(item.record - core.base())) {
            shard.statistics().reclaimed(item, expired, purpose == Purpose.MAINTENANCE);
            shard.drop(item, chain, place, queue);
        } else if (purpose != Purpose.EVICTION) {
            if (!shard.move(item, chain, place, queue, table.ttlClass(segment), item.entry)) {
                throw new IllegalStateException("no room to compact segment=" + segment);
            }
        } else if (!keep(queue, chain, place, now)) {
            policy.evicted(queue, core.hash().of(item.keyAddress(), item.keyBytes()));
            shard.evict(item, chain, place, queue, now);
        }
    }

    /** Copies an item that stays to the head of a queue; false where it has to go. */
    private boolean keep(int queue, long chain, long place, int now) {
        long entry = item.entry;
        int frequency = IndexEntry.frequency(entry);
        int length = core.layout().recordBytes(item.head);
        boolean kept = policy.keeps(queue, frequency);
        boolean busy = item.chained() && core.blocks().isPinned(item.firstBlock());
        boolean isNewest = item.record - core.base() == newest;
        if (!isNewest && (allowance < length || !kept && !busy && !IndexEntry.spared(entry))) {
            return false;
        }
        int target = kept ? ShardLog.MAIN : queue;
        int after = kept ? policy.frequencyAfter(queue, frequency) : frequency;
        int ttlClass = core.expiryClasses().of(item.exptime(), now);
        if (!shard.move(item, chain, place, target, ttlClass,
                IndexEntry.withFrequency(entry, after))) {
            return false;
        }
        newest = isNewest ? core.offset(IndexLine.entry(place)) : newest;
        allowance -= length;
        return true;
    }
}
