package io.ringtail.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.protocol.memory.Memory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Walks through everything a quiet store keeps in memory and compares it with what it counts. */
final class StoreAudit {
    private final StoreCore core;
    private final StoreGeometry geometry;
    private final ScannedItem item;
    /** Live bytes by segment, as the index tells. */
    private final Map<Integer, Integer> liveBytes = new HashMap<>();
    private final Set<Long> offsets = new HashSet<>();
    private final Set<Integer> chainBlocks = new HashSet<>();
    private final Set<Integer> segments = new HashSet<>();
    private long spares;

    private StoreAudit(Store store) {
        this.core = store.core();
        this.geometry = core.geometry();
        this.item = new ScannedItem(core);
    }

    /**
     * Checks everything; {@code foreignBlocks} blocks belong to uploads or pinned chains that were
     * removed.
     */
    static void check(Store store, int foreignBlocks) {
        var audit = new StoreAudit(store);
        for (int i = 0; i < audit.core.shards(); i++) {
            audit.checkShard(i);
        }
        audit.checkMemory(foreignBlocks);
    }

    private void checkShard(int number) {
        var shard = core.shard(number);
        liveBytes.clear();
        offsets.clear();
        var queueBytes = new long[ShardLog.QUEUES];
        var counts = new ShardStatistics(core.sizeClasses());
        var index = shard.index();
        int items = 0;
        for (int line = 0; line < index.lines(); line++) {
            int inChain = 0;
            int chainLines = 0;
            for (long at = index.lineAddress(line); at != 0; at = index.nextOf(at)) {
                chainLines++;
                for (int left = IndexLine.occupied(at); left != 0; left &= left - 1) {
                    long place = IndexLine.place(at, Integer.numberOfTrailingZeros(left));
                    checkEntry(number, line, IndexLine.entry(place), queueBytes, counts);
                    inChain++;
                }
            }
            // All lines but the last have nine places, and the last has two entries at least.
            assertTrue(chainLines == 1 || inChain >= 9 * (chainLines - 1) + 2,
                    "lines=" + chainLines + " entries=" + inChain);
            assertTrue(IndexLine.isReadable(IndexLine.header(index.lineAddress(line))));
            items += inChain;
        }
        assertEquals(index.items(), items);
        checkLog(number, queueBytes);
        checkCounts(counts, shard.statistics());
    }

    private void checkEntry(int number, int line, long entry, long[] queueBytes,
            ShardStatistics counts) {
        long offset = core.offset(entry);
        long record = core.base() + offset;
        int head = Memory.getInt(record);
        assertFalse(RecordLayout.isDead(head), "dead record offset=" + offset);
        item.load(record, head, entry);
        long hash = core.hash().of(item.keyAddress(), item.keyBytes());
        assertEquals(number, core.shardOf(hash) == core.shard(number) ? number : -1);
        assertEquals(line, IndexLines.lineOf(hash, core.shard(number).index().lines()));
        assertEquals(IndexEntry.tagOf(hash), IndexEntry.tag(entry));
        assertTrue(offsets.add(offset), "indexed twice offset=" + offset);
        int segment = (int) (offset >>> geometry.segmentShift());
        int queue = core.table().queue(segment);
        assertEquals(number, core.table().shard(segment));
        int length = core.layout().recordBytes(head);
        liveBytes.merge(segment, length, Integer::sum);
        queueBytes[queue] += length;
        counts.added(item.itemBytes(), queue);
        int segmentExptime = core.table().exptime(segment);
        assertTrue(item.exptime() <= segmentExptime,
                "exptime=" + item.exptime() + " segment=" + segmentExptime);
        assertEquals(item.exptime() == 0, core.table().ttlClass(segment) == ExpiryClasses.NEVER);
        if (item.chained()) {
            queueBytes[queue] += item.chainBytes();
            checkChain(hash);
        }
    }

    private void checkChain(long hash) {
        assertEquals(hash, core.blocks().hash(item.firstBlock()));
        int block = item.firstBlock();
        for (long left = item.chainBytes(); left > 0; left -= geometry.blockBytes()) {
            assertTrue(chainBlocks.add(block), "block twice=" + block);
            int segment = block / StoreGeometry.BLOCKS_PER_SEGMENT;
            assertEquals(0,
                    core.table().freeBlocks(segment) >> block % StoreGeometry.BLOCKS_PER_SEGMENT
                            & 1);
            block = core.blocks().next(block);
        }
        assertEquals(Blocks.NONE, block);
    }

    private void checkLog(int number, long[] queueBytes) {
        var log = core.shard(number).log();
        long holes = 0;
        int found = 0;
        for (int queue = 0; queue < ShardLog.QUEUES; queue++) {
            assertEquals(queueBytes[queue], log.liveBytes(queue), "queue=" + queue);
            int previous = SegmentTable.NONE;
            for (int segment = log.oldest(queue); segment != SegmentTable.NONE;
                    segment = core.table().next(segment)) {
                assertEquals(previous, core.table().previous(segment));
                previous = segment;
                holes += checkSegment(number, queue, segment);
                found++;
            }
            for (int ttlClass = 0; ttlClass < core.expiryClasses().count(); ttlClass++) {
                int segment = log.openSegment(queue, ttlClass);
                if (segment != SegmentTable.NONE) {
                    assertEquals(ttlClass, core.table().ttlClass(segment));
                    holes += checkSegment(number, queue, segment);
                    found++;
                }
            }
        }
        assertEquals(log.holeBytes(), holes);
        assertEquals(log.segments(), found);
        assertEquals(Set.of(), liveBytes.keySet());
        spares += log.spares().count();
    }

    private long checkSegment(int number, int queue, int segment) {
        assertTrue(segments.add(segment));
        assertEquals(queue, core.table().queue(segment));
        var shard = core.shard(number);
        long start = (long) segment << geometry.segmentShift();
        boolean flushed = shard.log().isFlushed(start);
        long at = start + shard.reclaimer().passed(segment);
        long end = start + core.table().used(segment);
        long holes = 0;
        while (at < end) {
            int head = Memory.getInt(core.base() + at);
            if (RecordLayout.isDead(head)) {
                holes += !flushed && RecordLayout.isListed(head) ? RecordLayout.deadBytes(head) : 0;
            } else {
                assertTrue(offsets.contains(at), "unknown record offset=" + at);
            }
            at += core.layout().lengthAt(core.base() + at);
        }
        assertEquals(end, at);
        Integer live = liveBytes.remove(segment);
        assertEquals(live == null ? 0 : live, core.table().live(segment));
        return holes;
    }

    private void checkCounts(ShardStatistics expected, ShardStatistics actual) {
        for (int sizeClass = 1; sizeClass <= core.sizeClasses().last(); sizeClass++) {
            for (int counter = 0; counter < ShardStatistics.STORED; counter++) {
                assertEquals(expected.count(sizeClass, counter), actual.count(sizeClass, counter),
                        "class=" + sizeClass + " counter=" + counter);
            }
        }
    }

    private void checkMemory(int foreignBlocks) {
        var blocks = core.blocks().segments();
        assertEquals(chainBlocks.size() + foreignBlocks, blocks.used());
        assertEquals(blocks.segments() * StoreGeometry.BLOCKS_PER_SEGMENT,
                blocks.used() + blocks.free());
        long inUse = segments.size() + spares + blocks.segments();
        var pool = core.pool();
        assertEquals(inUse, pool.inUse());
        assertTrue(pool.usedBytes() <= pool.limitBytes() || pool.neededBytes() > pool.limitBytes());
    }
}
