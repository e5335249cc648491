package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;

/**
 * A value that arrives in parts, before its item exists. Takes memory as the bytes arrive: whole
 * blocks, and one more for what is left over, which the item's record takes in the end. Not to be
 * fed between {@link Mutation#begin} and {@link Mutation#end} of the same thread. Owner: one
 * thread.
 */
public final class Upload implements AutoCloseable {
    private final StoreCore core;
    private final long valueBytes;
    private final int wholeBlocks;
    private long written;
    private int first = Blocks.NONE;
    private int last = Blocks.NONE;
    private int blocks;
    private int rest = Blocks.NONE;
    private boolean closed;

    Upload(StoreCore core, long valueBytes) {
        this.core = core;
        this.valueBytes = valueBytes;
        this.wholeBlocks =
                valueBytes <= core.inlineLimit() ? 0 : (int) (valueBytes >> core.blockShift());
    }

    public long valueBytes() {
        return valueBytes;
    }

    /** Bytes that have not been appended yet. */
    public long remaining() {
        return valueBytes - written;
    }

    /**
     * Takes the value's next bytes; false where there is no memory, and then the upload is of no
     * more use.
     */
    public boolean append(long address, int bytes) {
        if (bytes > remaining()) {
            throw new IllegalArgumentException("bytes=" + bytes + " remaining=" + remaining());
        }
        int done = 0;
        while (done < bytes) {
            long to = position();
            if (to == 0) {
                return false;
            }
            int room = core.inlineLimit() - (int) (written & core.inlineLimit() - 1);
            int part = Math.min(bytes - done, room);
            Memory.copy(address + done, to, part);
            done += part;
            written += part;
        }
        return true;
    }

    /** Appends all that this upload holds to {@code target}; false where there is no memory. */
    public boolean copyTo(Upload target) {
        int block = first;
        for (int i = 0; i < blocks; i++) {
            if (!target.append(core.blocks().address(block), core.inlineLimit())) {
                return false;
            }
            block = core.blocks().next(block);
        }
        return rest == Blocks.NONE || target.append(restAddress(), (int) restBytesWritten());
    }

    /** Where the next byte belongs; 0 where there is no memory. */
    private long position() {
        int inBlock = (int) (written & core.inlineLimit() - 1);
        if (written >> core.blockShift() >= wholeBlocks) {
            if (rest == Blocks.NONE) {
                rest = core.takeBlock(Blocks.NONE, Blocks.NONE);
            }
            return rest == Blocks.NONE ? 0 : core.blocks().address(rest) + restBytesWritten();
        }
        if (inBlock == 0) {
            int block = core.takeBlock(first, last);
            if (block == Blocks.NONE) {
                return 0;
            }
            first = first == Blocks.NONE ? block : first;
            last = block;
            blocks++;
        }
        return core.blocks().address(last) + inBlock;
    }

    private long restBytesWritten() {
        return written - ((long) wholeBlocks << core.blockShift());
    }

    int firstBlock() {
        return first;
    }

    int blocks() {
        return blocks;
    }

    int restBytes() {
        return (int) (valueBytes - ((long) wholeBlocks << core.blockShift()));
    }

    long restAddress() {
        return core.blocks().address(rest);
    }

    boolean complete() {
        return written == valueBytes && !closed;
    }

    /** The chain belongs to an item now. */
    void attached(long hash) {
        if (first != Blocks.NONE) {
            core.blocks().hash(first, hash);
        }
        core.blocks().letGo(blocks);
        first = Blocks.NONE;
        blocks = 0;
        close();
    }

    /** Frees what was not attached to an item. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (first != Blocks.NONE) {
            core.blocks().releaseChain(first, blocks);
        }
        if (rest != Blocks.NONE) {
            core.blocks().releaseChain(rest, 1);
        }
        core.blocks().letGo(blocks + (rest == Blocks.NONE ? 0 : 1));
    }
}
