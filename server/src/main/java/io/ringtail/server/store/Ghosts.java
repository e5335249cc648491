package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;

/**
 * Hashes of items that left probation unread, as many as there are items: one word for each index
 * line with five fingerprints of 12 bits, newest lowest, oldest pushed out. Owner: shard lock.
 */
final class Ghosts {
    private static final int FINGERPRINTS = 5;
    private static final int BITS = 12;
    private static final long MASK = (1L << BITS) - 1;
    private static final long ALL = (1L << FINGERPRINTS * BITS) - 1;
    private static final int HASH_SHIFT = 32;

    private final TableRegion region;
    private final IndexLines index;
    private int lines;

    Ghosts(TableRegion region, IndexLines index) {
        this.region = region;
        this.index = index;
    }

    void add(long hash) {
        long word = word(hash);
        if (word != 0) {
            Memory.putLong(word, (Memory.getLong(word) << BITS | fingerprint(hash)) & ALL);
        }
    }

    boolean contains(long hash) {
        long word = word(hash);
        if (word == 0) {
            return false;
        }
        long wanted = fingerprint(hash);
        for (long left = Memory.getLong(word); left != 0; left >>>= BITS) {
            if ((left & MASK) == wanted) {
                return true;
            }
        }
        return false;
    }

    /**
     * Follows the index in its growth, a line at a time: the two halves of a split line remember
     * the same.
     */
    void follow() {
        int wanted = index.lines();
        if (wanted < lines) {
            lines = wanted;
            region.trim((long) lines * StoreGeometry.GHOST_BYTES);
            return;
        }
        while (lines < wanted && region.hold((lines + 1L) * StoreGeometry.GHOST_BYTES)) {
            long parent =
                    lines == 0 ? 0 : Memory.getLong(address(lines - Integer.highestOneBit(lines)));
            Memory.putLong(address(lines), parent);
            lines++;
        }
    }

    private long word(long hash) {
        return lines < 2 ? 0 : address(IndexLines.lineOf(hash, lines));
    }

    private long address(int line) {
        return region.base() + (long) line * StoreGeometry.GHOST_BYTES;
    }

    /** Never 0, which stands for an empty place. */
    private static long fingerprint(long hash) {
        return Math.max(1, hash >>> HASH_SHIFT & MASK);
    }
}
