package io.ringtail.server.store;

/**
 * Keeps memory at hand for a shard's next write, so that no write has to evict between its begin
 * and its commit: spare segments for the log and a line for the index. Owner: shard lock.
 */
final class ShardSupply {
    private static final int WANTED_SPARES = 2;
    /** Bytes of old records that are looked at for each byte written, once memory is full. */
    private static final int RECLAIM_FACTOR = 4;
    private static final int RECLAIM_STEP_BYTES = 256;
    /** Bytes of old records that may be copied for each byte written. */
    private static final int COPY_FACTOR = 4;
    private static final int MAINTAINED_SEGMENTS = 4096;
    private static final int DISCARD_STEP_BYTES = 64 << 10;
    private static final int MERGED_LINES = 1024;

    private final StoreCore core;
    private final IndexLines index;
    private final IndexGrowth growth;
    private final ShardLog log;
    private final SpareSegments spares;
    private final Ghosts ghosts;
    private final Reclaimer reclaimer;
    private final Shard shard;
    private final Crawler crawler;

    ShardSupply(StoreCore core, Shard shard) {
        this.core = core;
        this.shard = shard;
        this.index = shard.index();
        this.growth = shard.growth();
        this.log = shard.log();
        this.spares = log.spares();
        this.ghosts = shard.ghosts();
        this.reclaimer = shard.reclaimer();
        this.crawler = new Crawler(core, shard);
        replenish();
    }

    /**
     * After a write of {@code written} bytes: grows the index and sees to it that the next write
     * finds room, by bounded work.
     *
     * @return false where others have to help, after the lock was released
     */
    boolean settle(int written, int now) {
        growth.grow();
        ghosts.follow();
        reclaimer.allow((long) written * COPY_FACTOR);
        if (spares.count() >= WANTED_SPARES && !growth.starved() && index.prepare()
                || replenish()) {
            return true;
        }
        if (core.blocks().segments().isScattered()) {
            return false;
        }
        return core.config().evictionAllowed() ? evict(written, now) : compact(now);
    }

    private boolean evict(int written, int now) {
        int budget = written * RECLAIM_FACTOR;
        shard.statistics().reclaimedDirectly(written);
        while (budget > 0 || !canWrite()) {
            int before = spares.count();
            int done = reclaimer.evict(RECLAIM_STEP_BYTES, now);
            budget -= done;
            if (done == 0 || memoryAppeared(before) && replenish()
                    || core.blocks().segments().isScattered()) {
                break;
            }
        }
        return canWrite();
    }

    private boolean memoryAppeared(int sparesBefore) {
        return spares.count() > sparesBefore || core.pool().available() > 0;
    }

    /** Whether the next write finds room, whatever it is. */
    private boolean canWrite() {
        return spares.count() > 0 && index.prepare();
    }

    /**
     * After a removal: where nothing is evicted, the room is made usable before the next write
     * asks.
     */
    void settleRemoval(int now) {
        if (!core.config().evictionAllowed() && spares.count() < WANTED_SPARES) {
            compact(now);
        }
    }

    private boolean compact(int now) {
        int done = 1;
        while (done > 0 && !replenish()) {
            done = reclaimer.discard(DISCARD_STEP_BYTES, MAINTAINED_SEGMENTS, now);
            if (done == 0 && spares.count() > 0 && reclaimer.compact(now)) {
                done = 1;
            }
        }
        return true;
    }

    /**
     * Takes spare segments from the pool; false where there are not enough of them or no memory for
     * the index.
     */
    boolean replenish() {
        boolean starved = growth.starved() || !index.prepare();
        boolean enough = spares.balance(WANTED_SPARES + (starved ? 1 : 0));
        if (starved && enough) {
            spares.balance(WANTED_SPARES);
            growth.grow();
            return index.prepare();
        }
        return enough;
    }

    /**
     * Evicts from this shard for the sake of others until there is memory for them, at most {@code
     * budget} bytes of records, or until there is a spare segment for its own next write as well;
     * false where there is nothing to evict.
     */
    boolean giveUp(int budget, boolean blockWillDo, int now) {
        reclaimer.allow(budget / 2);
        int left = budget;
        while (left > 0 || spares.count() == 0) {
            int done = reclaimer.evict(1, now);
            if (done == 0) {
                return false;
            }
            left -= done;
            spares.trim(WANTED_SPARES);
            boolean helped = core.pool().available() > 0
                    || blockWillDo && core.blocks().segments().free() > 0;
            if (helped && spares.count() > 0) {
                return true;
            }
        }
        return true;
    }

    /**
     * Frees some of the segments whose items have all expired or been flushed.
     *
     * @return the bytes that were looked at, 0 where there are none such
     */
    int discard(int now) {
        log.sealExpired(now);
        int done = reclaimer.discard(DISCARD_STEP_BYTES, MAINTAINED_SEGMENTS, now);
        spares.trim(WANTED_SPARES);
        return done;
    }

    /**
     * Drops expired items where no eviction comes by, and index lines that are not needed; bounded.
     */
    void tidy(int now) {
        if (!core.config().evictionAllowed()) {
            crawler.crawl(now);
        }
        for (int merged = 0; merged < MERGED_LINES && growth.shrink(); merged++) {
            ghosts.follow();
        }
    }
}
