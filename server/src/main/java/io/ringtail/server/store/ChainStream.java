package io.ringtail.server.store;

import io.ringtail.protocol.memory.ValueStream;

/**
 * A pinned chain, then the copy of what lay in the record. Blocks that are neighbours are one part.
 * Owner: the event loop that asked for it.
 */
final class ChainStream implements ValueStream {
    private static final int MAX_BLOCKS = 64;

    private final Blocks blocks;
    private final ScratchBlocks scratch;
    private final int blockBytes;
    private final int first;
    private final long rest;
    private final int restBytes;
    /** The last block of the current part. */
    private int last;
    private long address;
    private int partBytes;
    private long remaining;

    ChainStream(Blocks blocks, ScratchBlocks scratch, int blockBytes, int first, long rest,
            int restBytes, long valueBytes) {
        this.blocks = blocks;
        this.scratch = scratch;
        this.blockBytes = blockBytes;
        this.first = first;
        this.rest = rest;
        this.restBytes = restBytes;
        this.remaining = valueBytes;
        enter(first);
    }

    /** Makes {@code block} and the neighbours that follow it in the chain the current part. */
    private void enter(int block) {
        int blocksLeft = (int) ((remaining - restBytes) / blockBytes);
        int count = 1;
        last = block;
        while (count < Math.min(blocksLeft, MAX_BLOCKS) && blocks.next(last) == last + 1) {
            last++;
            count++;
        }
        address = blocks.address(block);
        partBytes = count * blockBytes;
    }

    @Override
    public long remaining() {
        return remaining;
    }

    @Override
    public long partAddress() {
        return remaining > restBytes ? address : rest + restBytes - remaining;
    }

    @Override
    public int partBytes() {
        return remaining > restBytes ? partBytes : (int) remaining;
    }

    @Override
    public void advance(int bytes) {
        remaining -= bytes;
        address += bytes;
        partBytes -= bytes;
        if (partBytes == 0 && remaining > restBytes) {
            enter(blocks.next(last));
        }
    }

    @Override
    public void close() {
        blocks.unpin(first);
        if (rest != 0) {
            scratch.give(rest);
        }
    }
}
