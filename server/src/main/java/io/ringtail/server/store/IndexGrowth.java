package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;

/**
 * Linear hashing: adds lines to an index one at a time, each taking over half of what an older one
 * holds, and takes them away again. Owner: shard lock.
 */
final class IndexGrowth {
    /** Items per line above which the index grows, times eight. */
    private static final int GROW_LOAD_EIGHTHS = 41;
    private static final int SHRINK_LOAD_EIGHTHS = 12;

    private final IndexLines index;
    private final HashBits hashes;
    private final int maxLines;
    private boolean starved;

    /** Low 12 bits of the hash of the item at an offset; only needed while there are few lines. */
    interface HashBits {
        int lowBits(long offset);
    }

    IndexGrowth(IndexLines index, HashBits hashes, int maxLines) {
        this.index = index;
        this.hashes = hashes;
        this.maxLines = maxLines;
    }

    /** Whether growth waits for memory. */
    boolean starved() {
        return starved;
    }

    /** Whether items are about to move to new lines. */
    boolean isGrowing() {
        return (long) index.items() * 8 > (long) index.lines() * GROW_LOAD_EIGHTHS;
    }

    /** Splits one line where the load asks for it. */
    void grow() {
        starved = false;
        if (isGrowing() && index.lines() < maxLines) {
            starved = !split();
        }
    }

    /** Adds a line and moves what belongs there out of the one it is split from. */
    boolean split() {
        int count = index.lines();
        if (!index.hold(count + 1)) {
            return false;
        }
        int bit = Integer.highestOneBit(count);
        long from = index.lineAddress(count - bit);
        long to = index.lineAddress(count);
        index.clearForReuse(to);
        for (long line = from; line != 0; line = index.nextOf(line)) {
            for (int i = 0; i < IndexLines.ENTRIES; i++) {
                long entry = Memory.getLong(IndexLines.place(line, i));
                if (entry != 0 && isSet(entry, bit) && !index.insertCopy(to, entry)) {
                    index.clearChain(to);
                    return false;
                }
            }
        }
        index.lines(count + 1);
        for (long line = from; line != 0; line = index.nextOf(line)) {
            for (int i = 0; i < IndexLines.ENTRIES; i++) {
                long place = IndexLines.place(line, i);
                long entry = Memory.getLong(place);
                if (entry != 0 && isSet(entry, bit)) {
                    Memory.putLong(place, 0);
                }
            }
        }
        IndexLines.publish(from);
        index.pullTogether(from);
        return true;
    }

    private boolean isSet(long entry, int bit) {
        int hash = bit >= 1 << IndexEntry.TAG_HASH_SHIFT
                ? IndexEntry.tag(entry) << IndexEntry.TAG_HASH_SHIFT
                : hashes.lowBits(IndexEntry.offset(entry));
        return (hash & bit) != 0;
    }

    /** Takes one line away where few items are left; false where there is nothing to do. */
    boolean shrink() {
        return index.lines() > IndexLines.INITIAL_LINES
                && (long) index.items() * 8 < (long) index.lines() * SHRINK_LOAD_EIGHTHS && merge();
    }

    /** Merges the last line into the one it was split from; false where there is no memory. */
    boolean merge() {
        int last = index.lines() - 1;
        long from = index.lineAddress(last);
        long to = index.lineAddress(last - Integer.highestOneBit(last));
        if (!copyAll(from, to)) {
            return false;
        }
        index.lines(last);
        index.clearChain(from);
        index.trim();
        return true;
    }

    private boolean copyAll(long from, long to) {
        for (long line = from; line != 0; line = index.nextOf(line)) {
            for (int i = 0; i < IndexLines.ENTRIES; i++) {
                long entry = Memory.getLong(IndexLines.place(line, i));
                if (entry != 0 && !index.insertCopy(to, entry)) {
                    removeCopies(from, to);
                    return false;
                }
            }
        }
        return true;
    }

    private void removeCopies(long from, long to) {
        for (long line = from; line != 0; line = index.nextOf(line)) {
            for (int i = 0; i < IndexLines.ENTRIES; i++) {
                long entry = Memory.getLong(IndexLines.place(line, i));
                long copy = entry == 0 ? 0 : index.placeOf(to, IndexEntry.offset(entry));
                if (copy != 0) {
                    index.removeCopy(to, copy);
                }
            }
        }
    }
}
