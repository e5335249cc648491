package io.ringtail.server.store;

import org.jspecify.annotations.Nullable;

/**
 * An off-heap store of keys and values under a memory limit. Reads go through an {@link ItemView}
 * and take no lock, writes through a {@link Mutation}. Times are seconds of a clock that the caller
 * passes in: 1 is the start, an exptime of 0 is never. Thread-safe.
 */
public final class Store implements AutoCloseable {
    private final StoreCore core;
    private final Upkeep upkeep;

    private Store(StoreCore core) {
        this.core = core;
        this.upkeep = new Upkeep(core);
    }

    public static Store open(StoreConfig config) {
        return new Store(new StoreCore(config));
    }

    StoreCore core() {
        return core;
    }

    /** The hash of a key, as all other calls want it. */
    public long hash(long keyAddress, int keyBytes) {
        return core.hash().of(keyAddress, keyBytes);
    }

    /** A reader for one thread. */
    public ItemView view() {
        return new ItemView(core);
    }

    /** A writer for one thread. */
    public Mutation mutation() {
        return new Mutation(core);
    }

    /**
     * Starts a value that arrives in parts, or is longer than {@link #inlineLimit()}; null where
     * there is no memory for it. Not between {@link Mutation#begin} and {@link Mutation#end}.
     */
    @Nullable
    public Upload upload(long valueBytes) {
        if (valueBytes < 0 || valueBytes > core.config().maxItemBytes()) {
            throw new IllegalArgumentException("valueBytes=" + valueBytes);
        }
        return new Upload(core, valueBytes);
    }

    /**
     * Values above this many bytes need an {@link Upload} to be written and {@link ItemView#pin} to
     * be read.
     */
    public int inlineLimit() {
        return core.inlineLimit();
    }

    public long maxItemBytes() {
        return core.config().maxItemBytes();
    }

    /** The size class of an item with these lengths. */
    public int sizeClass(int keyBytes, long valueBytes, int clientFlags) {
        return core.sizeClasses()
                .of(SizeClasses.itemBytes(keyBytes, valueBytes, clientFlags != 0,
                        core.layout().hasCas()));
    }

    public StoreConfig config() {
        return core.config();
    }

    /** To be called once per turn of each thread; executes a delayed flush that is due. */
    public void tick(int now) {
        upkeep.tick(now);
    }

    /**
     * Housekeeping for the shards of one of {@code loops} threads, to be called about once a
     * second.
     */
    public void maintain(int loop, int loops, int now) {
        upkeep.maintain(loop, loops, now);
    }

    /**
     * Makes all items disappear that were stored before second {@code atSecond}; at once where that
     * is not later than now.
     */
    public void flush(int atSecond, int now) {
        upkeep.flush(atSecond, now);
    }

    /**
     * Changes the memory limit; a smaller one may be reached only after some calls of {@link
     * #maintain}. False where that cannot be.
     */
    public boolean resize(long limitBytes) {
        return upkeep.resize(limitBytes);
    }

    /** The limit as it was set last. */
    public long limitBytes() {
        return core.pool().limitBytes();
    }

    public StoreStatistics statistics(int now) {
        return StatisticsReport.of(core, now);
    }

    /** Forgets counters, but not what tells of the items that are there. */
    public void resetStatistics() {
        for (int i = 0; i < core.shards(); i++) {
            var shard = core.shard(i);
            shard.lock();
            shard.statistics().reset();
            shard.unlock();
        }
    }

    public void listener(@Nullable StoreListener listener) {
        core.listener(listener);
    }

    /** A walk over all live items. */
    public Scan scan() {
        return new Scan(core);
    }

    /** Gives the memory back; nobody may use the store any more. */
    @Override
    public void close() {
        core.close();
    }
}
