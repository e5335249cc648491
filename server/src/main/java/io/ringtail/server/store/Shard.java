package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;

/**
 * A part of the store by hash: its index, its logs, its statistics and the lock that all changes
 * hold. Owner of all state: that lock; readers see the index and the records without it.
 */
final class Shard implements IndexLines.HashBits {
    private static final int WANTED_SPARES = 2;
    /** Bytes of old records that are looked at for each byte written, once memory is full. */
    private static final int RECLAIM_FACTOR = 4;
    private static final int RECLAIM_STEP_BYTES = 256;
    /** Bytes of old records that may be copied for each byte written. */
    private static final int COPY_FACTOR = 8;

    private final ShardLock lock = new ShardLock();
    private final StoreCore core;
    private final int number;
    private final IndexLines index;
    private final ShardLog log;
    private final Ghosts ghosts;
    private final EvictionPolicy policy;
    private final Evictor evictor;
    private final ShardStatistics statistics;
    private long casCounter;

    Shard(StoreCore core, int number) {
        this.core = core;
        this.number = number;
        this.index = core.newIndex(number);
        this.log = new ShardLog(core, number);
        this.ghosts = new Ghosts(core.newGhostRegion(number), index);
        this.policy = core.config().eviction() == StoreConfig.Eviction.LRU ? new RecencyPolicy()
                : new S3FifoPolicy(log, ghosts);
        this.evictor = new Evictor(core, this, log, policy);
        this.statistics = new ShardStatistics(core.sizeClasses());
        log.balanceSpares(WANTED_SPARES);
        index.prepare();
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    IndexLines index() {
        return index;
    }

    ShardLog log() {
        return log;
    }

    EvictionPolicy policy() {
        return policy;
    }

    ShardStatistics statistics() {
        return statistics;
    }

    boolean isFlushed(long offset) {
        return log.isFlushed(offset);
    }

    long nextCas() {
        return ++casCounter * core.geometry().shards() + number;
    }

    @Override
    public int lowBits(long offset) {
        long record = core.base() + offset;
        long head = Memory.getLong(record);
        return (int) core.hash()
                .of(record + core.layout().keyOffset((int) head), RecordLayout.keyBytes(head));
    }

    /** Room for a new record, or 0. */
    long allocate(int queue, int bytes, int exptime, int now) {
        int reserve = core.config().evictionAllowed() ? 0 : 1;
        return log.allocate(queue, core.expiryClasses().of(exptime, now), bytes, exptime, reserve,
                now);
    }

    int queueForNew(long hash) {
        return policy.queueForNew(hash, core.pool().available() > 0);
    }

    /** Publishes a record in the place of another one, or as a new one where {@code place} is 0. */
    boolean publish(long chain, long place, long entry) {
        if (place == 0) {
            return index.insert(chain, entry);
        }
        IndexLines.replace(chain, place, entry);
        return true;
    }

    /** Frees a record that was replaced or removed, with its blocks. */
    void free(ItemFields item) {
        int length = core.layout().recordBytes(item.head);
        long offset = item.record - core.base();
        if (item.chained()) {
            releaseChain(item, core.table().queue(log.segmentOf(offset)));
        }
        log.free(offset, length);
    }

    private void releaseChain(ItemFields item, int queue) {
        log.addChain(queue, -item.chainBytes());
        core.blocks().releaseChain(item.firstBlock());
    }

    /** Removes an item whose record is not reused on its own; the caller discharges the record. */
    void drop(ItemFields item, long chain, long place, int queue) {
        statistics.removed(item.itemBytes(), queue);
        index.remove(chain, place);
        if (item.chained()) {
            releaseChain(item, queue);
        }
    }

    void expire(ItemFields item, long chain, long place, int queue) {
        statistics.reclaimed(item, true, false);
        drop(item, chain, place, queue);
    }

    void evict(ItemFields item, long chain, long place, int queue, int now) {
        statistics.evicted(item, now);
        var listener = core.listener();
        if (listener != null) {
            listener.evicted(item, now);
        }
        drop(item, chain, place, queue);
    }

    /** Copies an item to the head of {@code target}; false where there is no room. */
    boolean moveToHead(ItemFields item, long chain, long place, int queue, int target,
            int frequency, int now) {
        int length = core.layout().recordBytes(item.head);
        int exptime = item.exptime();
        int ttlClass = core.expiryClasses().of(exptime, now);
        long offset = log.append(target, ttlClass, length, exptime, 0, now);
        if (offset == 0) {
            return false;
        }
        Memory.copy(item.record, core.base() + offset, length);
        long entry = IndexEntry.withSpared(IndexEntry.withFrequency(item.entry, frequency), false);
        IndexLines.replace(chain, place, IndexEntry.moved(entry, offset));
        statistics.moved(item, queue, target);
        if (item.chained() && target != queue) {
            log.addChain(queue, -item.chainBytes());
            log.addChain(target, item.chainBytes());
        }
        return true;
    }

    int queueOf(long offset) {
        return core.table().queue(log.segmentOf(offset));
    }

    /**
     * After a write of {@code written} bytes: grows the index and sees to it that the next write
     * finds room, by bounded work.
     *
     * @return false where the shard has no spare segment and nothing of its own to reclaim
     */
    boolean settle(int written, int now) {
        index.grow(this);
        ghosts.follow();
        evictor.allow((long) written * COPY_FACTOR);
        if (log.spares() >= WANTED_SPARES && !index.starved() || replenish()) {
            return true;
        }
        if (!core.config().evictionAllowed()) {
            return true;
        }
        int budget = written * RECLAIM_FACTOR;
        while (budget > 0 || log.spares() == 0) {
            int done = evictor.reclaim(RECLAIM_STEP_BYTES, now);
            budget -= done;
            if (replenish() || done == 0) {
                break;
            }
        }
        return log.spares() > 0;
    }

    /**
     * Takes spare segments from the pool; false where there are not enough of them or no memory for
     * the index.
     */
    boolean replenish() {
        boolean starved = index.starved() || !index.prepare();
        boolean enough = log.balanceSpares(WANTED_SPARES + (starved ? 1 : 0));
        if (starved && enough) {
            log.balanceSpares(WANTED_SPARES);
            index.grow(this);
            return index.prepare();
        }
        return enough;
    }

    /**
     * Evicts from this shard for the sake of others until there is memory for them, at most {@code
     * budget} bytes of records; false where there is nothing to evict.
     */
    boolean giveUp(int budget, int now) {
        evictor.allow(budget / 2);
        int left = budget;
        while (left > 0) {
            int done = evictor.reclaim(1, now);
            if (done == 0) {
                return false;
            }
            left -= done;
            log.trimSpares(WANTED_SPARES);
            if (core.pool().available() > 0 || core.blocks().freeBlocks() > 0) {
                return true;
            }
        }
        return true;
    }

    /** Frees expired segments; bounded. */
    void maintain(int now) {
        // Expired items are dropped when they are found or reclaimed.
    }
}
