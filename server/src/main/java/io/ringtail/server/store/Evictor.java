package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;

/**
 * Reclaims the segments of one shard from the oldest on, record by record. Items that the policy
 * keeps are copied to a queue's head, as long as the allowance lasts: it grows by a multiple of
 * what is written, so that the work per write is bounded. Without evictions it compacts: every live
 * item is copied. Owner: shard lock.
 */
final class Evictor {
    private final StoreCore core;
    private final Shard shard;
    private final ShardLog log;
    private final EvictionPolicy policy;
    private final SegmentTable table;
    private final int[] victims = new int[ShardLog.QUEUES];
    private final int[] cursors = new int[ShardLog.QUEUES];
    private final ScannedItem item;
    private long allowance;
    private final long maxAllowance;

    Evictor(StoreCore core, Shard shard, ShardLog log, EvictionPolicy policy) {
        this.core = core;
        this.shard = shard;
        this.log = log;
        this.policy = policy;
        this.table = core.table();
        this.item = new ScannedItem(core);
        this.maxAllowance = 4L * core.geometry().segmentBytes();
    }

    void allow(long bytes) {
        allowance = Math.min(maxAllowance, allowance + bytes);
    }

    /**
     * Examines records until {@code budget} bytes have been looked at or a segment has become free.
     *
     * @return the bytes that were looked at; 0 where the shard has nothing to reclaim
     */
    int reclaim(int budget, int now) {
        int queue = chooseQueue();
        if (queue < 0) {
            return 0;
        }
        int segment = victims[queue];
        long start = (long) segment << core.geometry().segmentShift();
        int used = table.used(segment);
        int cursor = cursors[queue];
        int done = 0;
        while (done < budget && cursor < used) {
            int length = examine(queue, segment, start + cursor, now);
            cursor += length;
            done += length;
        }
        cursors[queue] = cursor;
        if (cursor >= used) {
            victims[queue] = SegmentTable.NONE;
            log.retire(segment);
        }
        return Math.max(done, 1);
    }

    private int chooseQueue() {
        int wanted = policy.victimQueue();
        if (hasVictim(wanted)) {
            return wanted;
        }
        int other = ShardLog.PROBATION + ShardLog.MAIN - wanted;
        if (log.sealOpen(wanted) && hasVictim(wanted)) {
            return wanted;
        }
        if (hasVictim(other) || log.sealOpen(other) && hasVictim(other)) {
            return other;
        }
        return -1;
    }

    private boolean hasVictim(int queue) {
        if (victims[queue] == SegmentTable.NONE) {
            victims[queue] = log.oldest(queue);
            cursors[queue] = 0;
        }
        return victims[queue] != SegmentTable.NONE;
    }

    /** Deals with one record and returns its length. */
    private int examine(int queue, int segment, long offset, int now) {
        long record = core.base() + offset;
        long head = Memory.getLong(record);
        if (RecordLayout.isDead(head)) {
            log.forgetHole(segment, offset, head);
            return RecordLayout.deadBytes(head);
        }
        int length = core.layout().recordBytes(head);
        long hash = core.hash()
                .of(record + core.layout().keyOffset((int) head), RecordLayout.keyBytes(head));
        long chain = shard.index().chain(hash);
        long place = shard.index().placeOf(chain, offset);
        long entry = Memory.getLong(place);
        item.load(record, head, entry);
        if (log.isFlushed(offset)) {
            shard.statistics().reclaimed(item, false, false);
            shard.drop(item, chain, place, queue);
        } else if (RecordLayout.expired(item.exptime(), now)) {
            shard.expire(item, chain, place, queue);
        } else if (!keep(queue, chain, place, length, now)) {
            policy.evicted(queue, hash);
            shard.evict(item, chain, place, queue, now);
        }
        log.discharge(segment, length);
        return length;
    }

    private boolean keep(int queue, long chain, long place, int length, int now) {
        long entry = item.entry;
        int frequency = IndexEntry.frequency(entry);
        boolean kept = policy.keeps(queue, frequency);
        if (allowance < length || !kept && !IndexEntry.spared(entry)) {
            return false;
        }
        int target = kept ? ShardLog.MAIN : queue;
        int after = kept ? policy.frequencyAfter(queue, frequency) : frequency;
        if (!shard.moveToHead(item, chain, place, queue, target, after, now)) {
            return false;
        }
        allowance -= length;
        return true;
    }
}
