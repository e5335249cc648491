package io.ringtail.server.store;

/**
 * Linear hashing: adds lines to an index one at a time, each taking over half of what an older one
 * holds, and takes them away again. Entries do not say where they go, so a split reads the items:
 * all of them first, so that it waits for memory once. Owner: shard lock.
 */
final class IndexGrowth {
    /** Items per line above which the index grows. */
    private static final int GROW_LOAD = 8;
    private static final int SHRINK_LOAD = 2;

    private final IndexLines index;
    private final Hashes hashes;
    private final int maxLines;
    private boolean starved;
    private int touched;

    /** What the index asks its items. */
    interface Hashes {
        /** Hash of the item that an entry points to. */
        long hash(long entry);

        /** Reads the item, so that it is near when it is asked for its hash. */
        int touch(long entry);
    }

    IndexGrowth(IndexLines index, Hashes hashes, int maxLines) {
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
        return index.items() > (long) index.lines() * GROW_LOAD;
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
        touch(from);
        if (!copy(from, bit, to)) {
            index.clearChain(to);
            return false;
        }
        index.lines(count + 1);
        IndexLine.publish(from);
        clear(from, bit);
        IndexLine.publish(from);
        index.pullTogether(from);
        return true;
    }

    private void touch(long chain) {
        int sum = 0;
        for (long line = chain; line != 0; line = index.nextOf(line)) {
            for (int left = IndexLine.occupied(line); left != 0; left &= left - 1) {
                sum += hashes.touch(IndexLine.entry(place(line, left)));
            }
        }
        touched = sum;
    }

    /** Something that was read, so that reading it is not left out. */
    int touched() {
        return touched;
    }

    private static long place(long line, int left) {
        return IndexLine.place(line, Integer.numberOfTrailingZeros(left));
    }

    /** Copies the entries whose hash has any of {@code bits}; false where there is no memory. */
    private boolean copy(long from, int bits, long to) {
        for (long line = from; line != 0; line = index.nextOf(line)) {
            for (int left = IndexLine.occupied(line); left != 0; left &= left - 1) {
                long entry = IndexLine.entry(place(line, left));
                if ((hashes.hash(entry) & bits) != 0 && !index.insertCopy(to, entry)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void clear(long chain, int bit) {
        for (long line = chain; line != 0; line = index.nextOf(line)) {
            for (int left = IndexLine.occupied(line); left != 0; left &= left - 1) {
                long place = place(line, left);
                if ((hashes.hash(IndexLine.entry(place)) & bit) != 0) {
                    IndexLine.clear(place);
                }
            }
        }
    }

    /** Takes one line away where few items are left; false where there is nothing to do. */
    boolean shrink() {
        return index.lines() > IndexLines.INITIAL_LINES
                && index.items() < (long) index.lines() * SHRINK_LOAD && merge();
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
            for (int left = IndexLine.occupied(line); left != 0; left &= left - 1) {
                if (!index.insertCopy(to, IndexLine.entry(place(line, left)))) {
                    removeCopies(from, to);
                    return false;
                }
            }
        }
        return true;
    }

    private void removeCopies(long from, long to) {
        for (long line = from; line != 0; line = index.nextOf(line)) {
            for (int left = IndexLine.occupied(line); left != 0; left &= left - 1) {
                long address = IndexEntry.address(IndexLine.entry(place(line, left)));
                long copy = index.placeOf(to, address);
                if (copy != 0) {
                    index.removeCopy(to, copy);
                }
            }
        }
    }
}
