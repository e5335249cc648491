package io.ringtail.server.store;

/**
 * The index of one shard: chains of an {@link IndexLine} and, where ten places do not do, overflow
 * lines (numbered from 1); grown one chain at a time by linear hashing.
 *
 * <p>Readers take no lock. A reader loads {@link #lines()}, then the header of the first line of
 * the chain, then looks for a key, and in the end loads the header again: it says that nothing that
 * was read has changed, because
 *
 * <ul> <li>the header changes with every publication in the chain, and before anything may be
 * written where an unpublished record was (freed memory is used again only later);
 *
 * <li>what is written under a tag changes in one store, or between {@link IndexLine#change} and
 * {@link IndexLine#publish}, and a reader that finds CHANGING begins again, as it does without
 * LIVE. A place is filled only after the clearing of its tag was published. So an entry that is put
 * together of parts of two comes with another header; a reader asks for the header before it
 * follows an entry or a link, so that it never leaves the store's memory;
 *
 * <li>an entry that moves within the chain is copied, published, and only then cleared.
 * </ul>
 *
 * A key that was not found needs one question more, as its entry may have moved to another chain. A
 * split or a merge first copies, then changes {@link #lines()}, then publishes in the old chain,
 * then clears there. A reader that saw something cleared and the header from after that therefore
 * sees the new number of lines when it loads it again; if the old number has come back meanwhile,
 * by a merge, then the entry was copied back before, which changed the header. So the reader asks
 * for the number first and for the header last.
 *
 * <p>Hot path: see StoreBenchmark. Owner: shard lock for writes; reads by anyone.
 */
final class IndexLines {
    static final int INITIAL_LINES = 64;
    private static final int VERSION_STRIDE = 0x1E3779B9;

    private final TableRegion region;
    private final OverflowLines overflow;
    private final long base;
    private volatile int lines;
    private int items;
    private int reuses;

    IndexLines(TableRegion region, OverflowLines overflow) {
        this.region = region;
        this.overflow = overflow;
        this.base = region.base();
        if (!hold(INITIAL_LINES)) {
            throw new IllegalArgumentException("limit too small for an index");
        }
        for (int line = 0; line < INITIAL_LINES; line++) {
            IndexLine.reset(lineAddress(line), 0);
        }
        this.lines = INITIAL_LINES;
    }

    int lines() {
        return lines;
    }

    /** Publishes another number of lines. */
    void lines(int count) {
        lines = count;
    }

    int items() {
        return items;
    }

    OverflowLines overflow() {
        return overflow;
    }

    /** Makes memory for {@code count} lines; false where the limit does not allow it. */
    boolean hold(int count) {
        return region.hold((long) count * StoreGeometry.LINE_BYTES);
    }

    /** Gives memory back that no line needs. */
    void trim() {
        region.trim((long) lines * StoreGeometry.LINE_BYTES);
        overflow.trim();
    }

    /** The line that {@code hash} belongs to while there are {@code lineCount} lines. */
    static int lineOf(long hash, int lineCount) {
        int mask = -1 >>> Integer.numberOfLeadingZeros(lineCount - 1);
        int line = (int) hash & mask;
        return line < lineCount ? line : line & mask >>> 1;
    }

    long lineAddress(int line) {
        return base + (long) line * StoreGeometry.LINE_BYTES;
    }

    /** First line of the chain of {@code hash}; for the holder of the lock. */
    long chain(long hash) {
        return lineAddress(lineOf(hash, lines));
    }

    /** Address of the next line of a chain, 0 at its end. */
    long nextOf(long line) {
        return IndexLine.isLinked(line) ? overflow.address(IndexLine.link(line)) : 0;
    }

    /** Place of the entry that points to {@code address}, 0 where there is none. */
    long placeOf(long chain, long address) {
        for (long line = chain; line != 0; line = nextOf(line)) {
            for (int left = IndexLine.occupied(line); left != 0; left &= left - 1) {
                long place = IndexLine.place(line, Integer.numberOfTrailingZeros(left));
                if (IndexEntry.address(IndexLine.entry(place)) == address) {
                    return place;
                }
            }
        }
        return 0;
    }

    /**
     * Adds an entry and returns its place; 0 where a further line was needed and there is no
     * memory.
     */
    long insert(long chain, long entry) {
        long place = put(chain, entry);
        items += place == 0 ? 0 : 1;
        return place;
    }

    /** Adds a second entry for an item that is moving to another chain; false as for insert. */
    boolean insertCopy(long chain, long entry) {
        return put(chain, entry) != 0;
    }

    private long put(long chain, long entry) {
        long place = freePlace(chain);
        if (place == 0) {
            place = extend(chain);
            if (place == 0) {
                return 0;
            }
        }
        IndexLine.fill(place, entry);
        IndexLine.publish(chain);
        return place;
    }

    private long freePlace(long chain) {
        for (long line = chain; line != 0; line = nextOf(line)) {
            long place = IndexLine.freePlace(line);
            if (place != 0) {
                return place;
            }
        }
        return 0;
    }

    /** Appends a line to the chain and returns its first empty place. */
    private long extend(long chain) {
        int number = overflow.take();
        if (number == OverflowLines.NONE) {
            return 0;
        }
        long last = chain;
        for (long line = chain; line != 0; line = nextOf(line)) {
            last = line;
        }
        long fresh = overflow.address(number);
        IndexLine.fill(IndexLine.place(fresh, 0), IndexLine.entryInLinksPlace(last));
        IndexLine.change(chain);
        IndexLine.link(last, number);
        IndexLine.publish(chain);
        return IndexLine.place(fresh, 1);
    }

    /** Removes the entry at {@code place}. */
    void remove(long chain, long place) {
        items--;
        removeCopy(chain, place);
    }

    /** Removes an entry whose item has another one. */
    void removeCopy(long chain, long place) {
        IndexLine.clear(place);
        IndexLine.publish(chain);
        pullTogether(chain);
    }

    /**
     * Sees to it that the next insertion finds a line to go on in; false where there is no memory.
     */
    boolean prepare() {
        return overflow.prepare();
    }

    /**
     * Makes a line empty whose memory may have been given back in between: its version must be none
     * that a slow reader may have seen there.
     */
    void clearForReuse(long line) {
        reuses++;
        IndexLine.reset(line, IndexLine.version(line) + reuses * VERSION_STRIDE);
    }

    /** Fills gaps from the chain's end, so that it has no more lines than it needs. */
    void pullTogether(long chain) {
        while (IndexLine.isLinked(chain)) {
            long before = chain;
            long last = nextOf(chain);
            for (long next = nextOf(last); next != 0; next = nextOf(last)) {
                before = last;
                last = next;
            }
            int left = IndexLine.occupied(last);
            if (Integer.bitCount(left) > 1) {
                long gap = freePlaceBefore(chain, last);
                if (gap == 0) {
                    return;
                }
                move(chain, IndexLine.place(last, Integer.numberOfTrailingZeros(left)), gap);
            } else {
                drop(chain, before, last, left);
            }
        }
    }

    private long freePlaceBefore(long chain, long last) {
        for (long line = chain; line != last; line = nextOf(line)) {
            long place = IndexLine.freePlace(line);
            if (place != 0) {
                return place;
            }
        }
        return 0;
    }

    private static void move(long chain, long from, long to) {
        IndexLine.fill(to, IndexLine.entry(from));
        IndexLine.publish(chain);
        IndexLine.clear(from);
        IndexLine.publish(chain);
    }

    /** Gives the last line back, which holds one entry at most: that takes the link's place. */
    private void drop(long chain, long before, long last, int left) {
        long entry = left == 0 ? 0
                : IndexLine.entry(IndexLine.place(last, Integer.numberOfTrailingZeros(left)));
        int number = IndexLine.link(before);
        IndexLine.change(chain);
        IndexLine.unlink(before, entry);
        IndexLine.publish(chain);
        overflow.give(number);
    }

    /** Empties a chain whose entries have copies elsewhere, or that no reader knows yet. */
    void clearChain(long chain) {
        IndexLine.publish(chain);
        for (long line = chain; line != 0; line = nextOf(line)) {
            IndexLine.clearTags(line);
        }
        IndexLine.publish(chain);
        pullTogether(chain);
    }
}
