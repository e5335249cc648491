package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;

/**
 * Hashes of items that were evicted, as many as there are items: one word for each index line with
 * five places of a fingerprint and the queue that the item left, newest lowest, oldest pushed out.
 * Owner: shard lock.
 *
 * <pre>
 *    63    60 59         48        12 11              1       0
 *    |      0 | oldest   | ...       | fingerprint | queue   |
 * </pre>
 */
final class Ghosts {
    static final int NONE = -1;

    private static final int PLACES = 5;
    private static final int BITS = 12;
    private static final long MASK = (1L << BITS) - 1;
    private static final long FINGERPRINT_MASK = MASK - 1;
    private static final long ALL = (1L << PLACES * BITS) - 1;
    private static final int HASH_SHIFT = 32;
    private static final int FRESH_PLACES = 1;

    private final TableRegion region;
    private final IndexLines index;
    private int lines;

    Ghosts(TableRegion region, IndexLines index) {
        this.region = region;
        this.index = index;
    }

    void add(long hash, int queue) {
        long word = word(hash);
        if (word != 0) {
            Memory.putLong(word, (Memory.getLong(word) << BITS | fingerprint(hash) | queue) & ALL);
        }
    }

    /** Forgets the item; NONE where it was not known, otherwise a ghost to ask about. */
    int take(long hash) {
        long word = word(hash);
        if (word == 0) {
            return NONE;
        }
        long wanted = fingerprint(hash);
        long all = Memory.getLong(word);
        for (int shift = 0; all >>> shift != 0; shift += BITS) {
            if ((all >>> shift & FINGERPRINT_MASK) == wanted) {
                long newer = all & (1L << shift) - 1;
                Memory.putLong(word, all >>> shift + BITS << shift | newer);
                return shift / BITS << 1 | (int) (all >>> shift & 1);
            }
        }
        return NONE;
    }

    /** The queue that a ghost left. */
    static int queue(int ghost) {
        return ghost & 1;
    }

    /** Whether it left so short a time ago that a little more room would have kept it. */
    static boolean isFresh(int ghost) {
        return ghost != NONE && ghost >> 1 < FRESH_PLACES;
    }

    /** As many words for a number of index lines that there is a fingerprint for each item. */
    static int words(int indexLines) {
        return indexLines + indexLines / 2;
    }

    /**
     * Follows the index in its growth, a line at a time: the two halves of a split line remember
     * the same.
     */
    void follow() {
        int wanted = words(index.lines());
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
        return Math.max(2, hash >>> HASH_SHIFT & FINGERPRINT_MASK);
    }
}
