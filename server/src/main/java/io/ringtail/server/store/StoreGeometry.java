package io.ringtail.server.store;

/**
 * Where everything lies in the store's address space, derived from the settings. Offsets count from
 * the start of the mapping; segment 0 is left out so that offset 0 means nothing. Immutable.
 *
 * <pre>
 *   | segments | guard | segment table | block table | shard 0: lines, overflow lines, ghosts |
 *   shard 1 ...
 * </pre>
 */
record StoreGeometry(int shards, int segmentShift, int maxSegments, int linesPerShard) {
    static final int BLOCKS_PER_SEGMENT = 16;
    static final int BLOCK_SHIFT_BELOW_SEGMENT = 4;
    static final int LINE_BYTES = 64;
    static final int GHOST_BYTES = 8;
    static final int PAGE_BYTES = 4096;

    private static final int MIN_SEGMENT_SHIFT = 14;
    private static final int MAX_SEGMENT_SHIFT = 18;
    private static final int SEGMENTS_PER_SHARD = 512;
    private static final long MIN_SHARD_BYTES = 32L << 20;
    private static final int SHARDS_PER_WRITER = 4;
    private static final long MIN_RESERVED_BYTES = 64L << 30;
    private static final int RESERVED_LIMITS = 4;
    /** Stale reads may run over the end of the last segment by one record. */
    private static final long GUARD_BYTES = MappedMemory.HUGE_PAGE_BYTES;
    /** One line for this many bytes of items, more than the smallest items need. */
    private static final int BYTES_PER_LINE = 128;
    private static final int MIN_LINES = 1024;
    /** What entries can address in units of four bytes. */
    private static final long MAX_IN_SMALLEST_UNITS =
            (long) RecordLayout.MIN_UNIT << IndexEntry.ADDRESS_BITS;
    private static final long SPARE_ROWS = 2;

    /**
     * The geometry with address space for growth, {@code 1 << halvings} times less than would be
     * liked.
     */
    static StoreGeometry of(StoreConfig config, int halvings) {
        int shards = shards(config);
        long perSegment = config.limitBytes() / shards / SEGMENTS_PER_SHARD;
        int shift = Math.clamp(63 - Long.numberOfLeadingZeros(Math.max(perSegment, 1)),
                MIN_SEGMENT_SHIFT, MAX_SEGMENT_SHIFT);
        long wished =
                Math.max(config.limitBytes() * RESERVED_LIMITS, MIN_RESERVED_BYTES) >> halvings;
        long reserved = Math.max(Math.min(wished, MAX_IN_SMALLEST_UNITS - (SPARE_ROWS << shift)),
                config.limitBytes());
        long segments = Math.min((reserved >> shift) + SPARE_ROWS,
                Integer.MAX_VALUE >> BLOCK_SHIFT_BELOW_SEGMENT);
        long lines = Math.max(MIN_LINES, Long.highestOneBit(reserved / shards / BYTES_PER_LINE));
        return new StoreGeometry(shards, shift, (int) segments, (int) Math.min(lines, 1 << 30));
    }

    private static int shards(StoreConfig config) {
        long byMemory = Math.max(1, config.limitBytes() / MIN_SHARD_BYTES);
        long byWriters =
                config.concurrency() == 1 ? 1 : (long) config.concurrency() * SHARDS_PER_WRITER;
        return (int) Long.highestOneBit(Math.min(byMemory, Math.min(byWriters, 256)));
    }

    /** Records lie at multiples of {@code 1 << unitShift()} bytes. */
    int unitShift() {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(segmentsEnd() - 1);
        return Math.max(Integer.numberOfTrailingZeros(RecordLayout.MIN_UNIT),
                bits - IndexEntry.ADDRESS_BITS);
    }

    int segmentBytes() {
        return 1 << segmentShift;
    }

    int blockShift() {
        return segmentShift - BLOCK_SHIFT_BELOW_SEGMENT;
    }

    int blockBytes() {
        return 1 << blockShift();
    }

    private long segmentsEnd() {
        return (long) maxSegments << segmentShift;
    }

    long segmentTable() {
        return huge(segmentsEnd() + GUARD_BYTES);
    }

    long blockTable() {
        return huge(segmentTable() + (long) maxSegments * SegmentTable.ENTRY_BYTES);
    }

    private long shardTables() {
        return huge(blockTable() + (long) maxSegments * BLOCKS_PER_SEGMENT * Blocks.ENTRY_BYTES);
    }

    long linesBytes() {
        return huge((long) linesPerShard * LINE_BYTES);
    }

    long ghostsBytes() {
        return huge((long) Ghosts.words(linesPerShard) * GHOST_BYTES);
    }

    private long bytesPerShard() {
        return 2 * linesBytes() + ghostsBytes();
    }

    long lines(int shard) {
        return shardTables() + shard * bytesPerShard();
    }

    long overflowLines(int shard) {
        return lines(shard) + linesBytes();
    }

    long ghosts(int shard) {
        return overflowLines(shard) + linesBytes();
    }

    long totalBytes() {
        return shardTables() + shards * bytesPerShard();
    }

    /**
     * Memory of the rows that the first {@code segments} segments and their blocks have in the
     * tables.
     */
    long rowBytes(int segments) {
        return pages((long) segments * SegmentTable.ENTRY_BYTES)
                + pages((long) segments * BLOCKS_PER_SEGMENT * Blocks.ENTRY_BYTES);
    }

    private static long pages(long bytes) {
        return bytes + PAGE_BYTES - 1 & -PAGE_BYTES;
    }

    private static long huge(long offset) {
        return offset + MappedMemory.HUGE_PAGE_BYTES - 1 & -MappedMemory.HUGE_PAGE_BYTES;
    }
}
