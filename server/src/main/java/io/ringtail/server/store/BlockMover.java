package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Empties segments of which few blocks are in use, by moving those into others. Takes one shard
 * lock at a time, so it must be called without any. Thread-safe.
 */
final class BlockMover {
    /** Longer chains stay where they are: all their rows would have to change. */
    private static final int MAX_CHAIN_BLOCKS = 1024;

    private final StoreCore core;
    private final Blocks blocks;
    private final BlockSegments segments;
    private final StoreGeometry geometry;
    private final AtomicBoolean busy = new AtomicBoolean();

    BlockMover(StoreCore core) {
        this.core = core;
        this.blocks = core.blocks();
        this.segments = blocks.segments();
        this.geometry = core.geometry();
    }

    /**
     * Tries to free the segment with the fewest blocks in use; false where not all of them could be
     * moved, or another thread is at it.
     */
    boolean emptyOne() {
        if (!busy.compareAndSet(false, true)) {
            return false;
        }
        try {
            int segment = segments.keepOutEmptiest();
            if (segment == SegmentTable.NONE) {
                return false;
            }
            boolean emptied = true;
            int used = segments.usedBits(segment);
            for (int i = 0; i < StoreGeometry.BLOCKS_PER_SEGMENT; i++) {
                emptied &= (used >> i & 1) == 0
                        || move(segment * StoreGeometry.BLOCKS_PER_SEGMENT + i);
            }
            segments.keepNoneOut();
            return emptied;
        } finally {
            busy.set(false);
        }
    }

    private boolean move(int block) {
        int first = blocks.first(block);
        long hash = blocks.hash(first);
        var shard = core.shardOf(hash);
        shard.lock();
        try {
            long record = owner(shard, hash, first);
            return record != 0 && chainBlocks(record) <= MAX_CHAIN_BLOCKS && blocks.lock(first)
                    && relocate(shard.index().chain(hash), record, first, block);
        } finally {
            shard.unlock();
        }
    }

    private int chainBlocks(long record) {
        return Memory.getInt(chainWord(record) + 4);
    }

    private long chainWord(long record) {
        return record + core.layout().chainOffset(Memory.getInt(record));
    }

    /** The record whose chain starts with {@code first}, 0 where there is none (any more). */
    private long owner(Shard shard, long hash, int first) {
        for (long line = shard.index().chain(hash); line != 0; line = shard.index().nextOf(line)) {
            for (int left = IndexLine.occupied(line); left != 0; left &= left - 1) {
                long entry =
                        IndexLine.entry(IndexLine.place(line, Integer.numberOfTrailingZeros(left)));
                long record = core.base() + core.offset(entry);
                if ((Memory.getInt(record) & RecordLayout.CHAINED) != 0
                        && Memory.getInt(chainWord(record)) == first) {
                    return record;
                }
            }
        }
        return 0;
    }

    /** Moves {@code block} of a chain that nobody can pin now. */
    private boolean relocate(long chain, long record, int first, int block) {
        int before = first;
        while (before != Blocks.NONE && before != block && blocks.next(before) != block) {
            before = blocks.next(before);
        }
        int target = before == Blocks.NONE ? Blocks.NONE : blocks.takeFor(block);
        if (target == Blocks.NONE) {
            blocks.unlock(first);
            return false;
        }
        Memory.copy(blocks.address(block), blocks.address(target), geometry.blockBytes());
        if (block == first) {
            blocks.becomeFirst(target, block);
            Memory.putInt(chainWord(record), target);
            IndexLine.publish(chain);
            blocks.unlock(target);
        } else {
            blocks.next(before, target);
            blocks.unlock(first);
        }
        segments.free(block);
        return true;
    }
}
