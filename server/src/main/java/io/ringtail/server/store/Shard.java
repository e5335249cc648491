package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;

/**
 * A part of the store by hash: its index, its logs, its statistics and the lock that all changes
 * hold. Owner of all state: that lock; readers see the index and the records without it.
 */
final class Shard implements IndexGrowth.Hashes {
    private final ShardLock lock = new ShardLock();
    private final StoreCore core;
    private final IndexLines index;
    private final IndexGrowth growth;
    private final ShardLog log;
    private final Ghosts ghosts;
    private final EvictionPolicy policy;
    private final Reclaimer reclaimer;
    private final ShardSupply supply;
    private final ShardStatistics statistics;
    private final CasUniques uniques;
    private final RecordCopy records;

    Shard(StoreCore core, int number) {
        this.core = core;
        this.index = core.newIndex(number);
        this.growth = new IndexGrowth(index, this, core.geometry().linesPerShard());
        this.uniques = new CasUniques(core.geometry().shards(), number);
        this.records = new RecordCopy(core, uniques);
        this.log = new ShardLog(core, number, uniques);
        this.ghosts = new Ghosts(core.newGhostRegion(number), index);
        this.policy = core.config().eviction() == StoreConfig.Eviction.LRU ? new RecencyPolicy()
                : new S3FifoPolicy(log, index, ghosts);
        this.statistics = new ShardStatistics(core.sizeClasses());
        this.reclaimer = new Reclaimer(core, this);
        this.supply = new ShardSupply(core, this);
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

    IndexGrowth growth() {
        return growth;
    }

    ShardLog log() {
        return log;
    }

    EvictionPolicy policy() {
        return policy;
    }

    Ghosts ghosts() {
        return ghosts;
    }

    Reclaimer reclaimer() {
        return reclaimer;
    }

    ShardSupply supply() {
        return supply;
    }

    ShardStatistics statistics() {
        return statistics;
    }

    boolean isFlushed(long offset) {
        return log.isFlushed(offset);
    }

    CasUniques uniques() {
        return uniques;
    }

    RecordCopy records() {
        return records;
    }

    @Override
    public long hash(long entry) {
        long record = core.base() + core.offset(entry);
        int head = Memory.getInt(record);
        return core.hash().of(record + core.layout().keyOffset(head), RecordLayout.keyBytes(head));
    }

    @Override
    public int touch(long entry) {
        return Memory.getInt(core.base() + core.offset(entry));
    }

    /** Spare segments that new items leave alone. */
    int reserve() {
        return core.config().evictionAllowed() ? 0 : 1;
    }

    /** Room for a record, or 0. */
    long allocate(int queue, int head, int exptime, int reserve, int now) {
        return log.allocate(queue, core.expiryClasses().of(exptime, now),
                core.layout().recordBytes(head), exptime, reserve);
    }

    int queueForNew(long hash) {
        return policy.queueForNew(hash, core.pool().available() > 0);
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

    /** Takes an item out of the index and frees it. */
    void remove(ItemFields item, long chain, long place) {
        statistics.removed(item.itemBytes(), queueOf(item.record - core.base()));
        index.remove(chain, place);
        free(item);
    }

    private void releaseChain(ItemFields item, int queue) {
        log.addChain(queue, -item.chainBytes());
        core.blocks().releaseChain(item.firstBlock(), item.chainBlocks());
    }

    /** Removes an item whose record is not reused on its own; the caller discharges the record. */
    void drop(ItemFields item, long chain, long place, int queue) {
        statistics.removed(item.itemBytes(), queue);
        index.remove(chain, place);
        if (item.chained()) {
            releaseChain(item, queue);
        }
    }

    void evict(ItemFields item, long chain, long place, int queue, int now) {
        statistics.evicted(item, now);
        var listener = core.listener();
        if (listener != null) {
            listener.evicted(item, now);
        }
        drop(item, chain, place, queue);
    }

    /** Copies an item's record to the end of a log; false where there is no room. */
    boolean move(ItemFields item, long chain, long place, int target, int ttlClass, long entry) {
        int head = item.head;
        long cas = item.cas();
        int exptime = item.exptime();
        long offset = append(target, ttlClass, head, exptime);
        if (offset != 0 && !records.fits(head, cas, offset)) {
            log.free(offset, core.layout().recordBytes(head));
            head |= RecordLayout.WIDE_CAS;
            offset = append(target, ttlClass, head, exptime);
        }
        if (offset == 0) {
            return false;
        }
        records.copy(item, offset, head, exptime, cas);
        IndexLine.replace(chain, place,
                IndexEntry.moved(IndexEntry.withSpared(entry, false), core.address(offset)));
        int queue = queueOf(item.record - core.base());
        statistics.moved(item, queue, target);
        if (item.chained() && target != queue) {
            log.addChain(queue, -item.chainBytes());
            log.addChain(target, item.chainBytes());
        }
        return true;
    }

    private long append(int queue, int ttlClass, int head, int exptime) {
        return log.append(queue, ttlClass, core.layout().recordBytes(head), exptime, 0);
    }

    int queueOf(long offset) {
        return core.table().queue(log.segmentOf(offset));
    }
}
