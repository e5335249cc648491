package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.ValueStream;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/** The parts of a store and how memory goes round between its shards. Thread-safe. */
final class StoreCore implements AutoCloseable {
    private static final int MAX_HALVINGS = 8;
    /** Smaller stores would feel the unused ends of huge pages. */
    private static final long HUGE_PAGES_FROM_BYTES = 64L << 20;
    private static final int HELD_SHARE = 4;
    private static final int RELIEF_STEP_BYTES = 16 << 10;
    private static final int MAX_SUPPLY_STEPS = 1000;

    private final StoreConfig config;
    private final StoreGeometry geometry;
    private final MappedMemory memory;
    private final Arena scratchArena = Arena.ofShared();
    private final ScratchBlocks scratch;
    private final long base;
    private final RecordLayout layout;
    private final KeyHash hash;
    private final SegmentTable table;
    private final SegmentPool pool;
    private final Blocks blocks;
    private final BlockMover mover;
    private final ExpiryClasses expiryClasses;
    private final Shard[] shards;
    private final int shardShift;
    private final int unitShift;
    private final int frequencyCap;
    @Nullable private volatile StoreListener listener;
    private volatile int now = 1;

    StoreCore(StoreConfig config) {
        this.config = config;
        StoreGeometry mapped = StoreGeometry.of(config, 0);
        MappedMemory reserved = null;
        for (int halvings = 0; reserved == null; halvings++) {
            try {
                mapped = StoreGeometry.of(config, halvings);
                reserved = MappedMemory.reserve(mapped.totalBytes());
            } catch (OutOfMemoryError e) {
                if (halvings == MAX_HALVINGS) {
                    throw e;
                }
            }
        }
        this.geometry = mapped;
        this.memory = reserved;
        this.base = memory.address();
        this.scratch = new ScratchBlocks(scratchArena, geometry.blockBytes());
        this.layout =
                new RecordLayout(config.casEnabled(), config.versions(), 1 << geometry.unitShift());
        this.unitShift = geometry.unitShift();
        this.hash = new KeyHash(config.hashSeed());
        this.table = new SegmentTable(base + geometry.segmentTable());
        this.pool = new SegmentPool(memory, geometry, table, config.limitBytes(),
                config.hugePages() || config.limitBytes() >= HUGE_PAGES_FROM_BYTES);
        this.blocks = new Blocks(base + geometry.blockTable(), base, geometry,
                new BlockSegments(table, pool));
        this.expiryClasses = new ExpiryClasses(
                config.limitBytes() / geometry.shards() >> geometry.segmentShift());
        this.frequencyCap =
                config.eviction() == StoreConfig.Eviction.LRU ? RecencyPolicy.MAX_FREQUENCY
                        : S3FifoPolicy.MAX_FREQUENCY;
        this.shards = new Shard[geometry.shards()];
        this.shardShift = 64 - Integer.numberOfTrailingZeros(geometry.shards());
        for (int i = 0; i < shards.length; i++) {
            shards[i] = new Shard(this, i);
        }
        this.mover = new BlockMover(this);
        pool.startIdle();
    }

    IndexLines newIndex(int shard) {
        var overflow = region(geometry.overflowLines(shard), geometry.linesBytes());
        return new IndexLines(region(geometry.lines(shard), geometry.linesBytes()),
                new OverflowLines(overflow));
    }

    TableRegion newGhostRegion(int shard) {
        return region(geometry.ghosts(shard), geometry.ghostsBytes());
    }

    private TableRegion region(long offset, long maxBytes) {
        return new TableRegion(pool, memory, base + offset, maxBytes, StoreGeometry.PAGE_BYTES);
    }

    StoreConfig config() {
        return config;
    }

    StoreGeometry geometry() {
        return geometry;
    }

    long base() {
        return base;
    }

    RecordLayout layout() {
        return layout;
    }

    KeyHash hash() {
        return hash;
    }

    SegmentTable table() {
        return table;
    }

    SegmentPool pool() {
        return pool;
    }

    Blocks blocks() {
        return blocks;
    }

    ExpiryClasses expiryClasses() {
        return expiryClasses;
    }

    SizeClasses sizeClasses() {
        return config.sizeClasses();
    }

    int inlineLimit() {
        return geometry.blockBytes();
    }

    int blockShift() {
        return geometry.blockShift();
    }

    int frequencyCap() {
        return frequencyCap;
    }

    /** Offset of the record that an entry points to. */
    long offset(long entry) {
        return IndexEntry.address(entry) << unitShift;
    }

    /** How an entry says an offset. */
    long address(long offset) {
        return offset >>> unitShift;
    }

    /** The CAS unique that a record of {@code segment} says in four bytes. */
    long wideCas(int narrow, int segment) {
        return CasUniques.wide(narrow, table.casBase(segment), 64 - shardShift);
    }

    int shards() {
        return shards.length;
    }

    Shard shard(int number) {
        return shards[number];
    }

    Shard shardOf(long keyHash) {
        return shards.length == 1 ? shards[0] : shards[(int) (keyHash >>> shardShift)];
    }

    @Nullable
    StoreListener listener() {
        return listener;
    }

    void listener(@Nullable StoreListener hearer) {
        listener = hearer;
    }

    int now() {
        return now;
    }

    void now(int seconds) {
        now = seconds;
    }

    /**
     * One more block for an upload, evicting items where it must; NONE where there is no memory.
     */
    int takeBlock(int first, int last) {
        if (!blocks.hold(maxHeldBlocks())) {
            return Blocks.NONE;
        }
        int block = blocks.extend(first, last);
        while (block == Blocks.NONE && relieve(true)) {
            block = blocks.extend(first, last);
        }
        if (block == Blocks.NONE) {
            blocks.letGo(1);
        }
        return block;
    }

    private long maxHeldBlocks() {
        return Math.max(pool.limitBytes() / HELD_SHARE, config.maxItemBytes())
                / geometry.blockBytes() + 1;
    }

    /**
     * Does something for the pool: moves blocks together or evicts; false where nothing is left to
     * do.
     */
    boolean freeSegments() {
        return blocks.segments().isScattered() && mover.emptyOne() || relieve(false);
    }

    /**
     * Evicts some of the largest shard's items until there is a free segment, or a free block where
     * that will do; to be called without any shard lock.
     *
     * @return false where nothing is left to evict
     */
    private boolean relieve(boolean blockWillDo) {
        if (!config.evictionAllowed()) {
            return false;
        }
        var largest = shards[0];
        for (var shard : shards) {
            if (shard.log().liveBytes() > largest.log().liveBytes()) {
                largest = shard;
            }
        }
        largest.lock();
        try {
            return largest.supply().giveUp(RELIEF_STEP_BYTES, blockWillDo, now);
        } finally {
            largest.unlock();
        }
    }

    /** Finds a spare segment for a shard that could not help itself; without any shard lock. */
    void supply(Shard needy) {
        for (int step = 0; step < MAX_SUPPLY_STEPS && freeSegments(); step++) {
            needy.lock();
            try {
                if (needy.supply().replenish()) {
                    return;
                }
            } finally {
                needy.unlock();
            }
        }
    }

    @Nullable
    ValueStream pin(ItemFields item) {
        int first = item.firstBlock();
        if (!blocks.pin(first)) {
            return null;
        }
        int restBytes = item.inlineBytes();
        long rest = restBytes == 0 ? 0 : scratch.take();
        if (rest != 0) {
            Memory.copy(item.keyAddress() + item.keyBytes(), rest, restBytes);
        }
        if (!item.isConsistent()) {
            if (rest != 0) {
                scratch.give(rest);
            }
            blocks.unpin(first);
            return null;
        }
        var stream = new ChainStream(blocks, scratch, geometry.blockBytes(), first, rest, restBytes,
                item.valueBytes() + item.prefixBytes());
        if (item.prefixBytes() > 0) {
            stream.advance(item.prefixBytes());
        }
        return stream;
    }

    @Override
    public void close() {
        pool.close();
        memory.close();
        scratchArena.close();
    }
}
