package io.ringtail.server.store;

import io.ringtail.protocol.memory.ValueStream;

/**
 * A pinned chain, block after block, then the copy of what lay in the record. Owner: the event loop
 * that asked for it.
 */
final class ChainStream implements ValueStream {
    private final Blocks blocks;
    private final ScratchBlocks scratch;
    private final int blockBytes;
    private final int first;
    private final long rest;
    private final int restBytes;
    private int block;
    private int offset;
    private long remaining;

    ChainStream(Blocks blocks, ScratchBlocks scratch, int blockBytes, int first, long rest,
            int restBytes, long valueBytes) {
        this.blocks = blocks;
        this.scratch = scratch;
        this.blockBytes = blockBytes;
        this.first = first;
        this.rest = rest;
        this.restBytes = restBytes;
        this.block = first;
        this.remaining = valueBytes;
    }

    @Override
    public long remaining() {
        return remaining;
    }

    @Override
    public long partAddress() {
        return remaining > restBytes ? blocks.address(block) + offset
                : rest + restBytes - remaining;
    }

    @Override
    public int partBytes() {
        return remaining > restBytes ? blockBytes - offset : (int) remaining;
    }

    @Override
    public void advance(int bytes) {
        boolean inBlocks = remaining > restBytes;
        remaining -= bytes;
        offset += bytes;
        if (inBlocks && offset == blockBytes) {
            block = blocks.next(block);
            offset = 0;
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
