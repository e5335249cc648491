package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;
import java.lang.invoke.VarHandle;

/**
 * The index of one shard: lines of 64 bytes, grown one line at a time by linear hashing.
 *
 * <pre>
 *    0         4              8          16                       64
 *    | version | next overflow| entry 0  | ...            entry 6 |
 * </pre>
 *
 * A line that needs more than seven entries goes on in overflow lines (numbered from 1). The
 * version in the first line of a chain is raised after every publication in the chain. What a
 * reader relies on: a chain is only ever changed so that copy, raise, clear follow each other in
 * this order, and {@link #lines()} changes between the copy and the clear of a split or a merge. So
 * a reader that finds version and number of lines unchanged has seen each entry at least once.
 *
 * <p>Hot path: see StoreBenchmark. Owner: shard lock for writes; reads by anyone.
 */
final class IndexLines {
    static final int ENTRIES = 7;
    static final long FIRST_ENTRY = 8;
    /** Items per line above which the index grows, times eight. */
    private static final int GROW_LOAD_EIGHTHS = 41;
    private static final int SHRINK_LOAD_EIGHTHS = 12;
    private static final int INITIAL_LINES = 64;
    private static final long VERSION_STRIDE = 0x9E3779B9L;

    private final TableRegion lineRegion;
    private final TableRegion overflowRegion;
    private final int maxLines;
    private final long base;
    private final long overflowBase;
    private volatile int lines;
    private int items;
    private int overflowUsed;
    private int overflowFree;
    private int overflowFreeCount;
    /** Whether growth waits for memory. */
    private boolean starved;
    private int reuses;

    IndexLines(TableRegion lineRegion, TableRegion overflowRegion, int maxLines) {
        this.lineRegion = lineRegion;
        this.overflowRegion = overflowRegion;
        this.maxLines = maxLines;
        this.base = lineRegion.base();
        this.overflowBase = overflowRegion.base() - StoreGeometry.LINE_BYTES;
        if (!lineRegion.hold((long) INITIAL_LINES * StoreGeometry.LINE_BYTES)) {
            throw new IllegalArgumentException("limit too small for an index");
        }
        this.lines = INITIAL_LINES;
        this.overflowFree = 0;
    }

    int lines() {
        return lines;
    }

    int items() {
        return items;
    }

    /** Whether items move to new lines. */
    boolean isGrowing() {
        return starved || (long) items * 8 > (long) lines * GROW_LOAD_EIGHTHS;
    }

    boolean starved() {
        return starved;
    }

    /** Overflow lines in use. */
    int overflowLines() {
        return overflowUsed - overflowFreeCount;
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

    static long header(long lineAddress) {
        return Memory.getLongAcquire(lineAddress);
    }

    /** Address of the next line of a chain, 0 at its end. */
    long next(long header) {
        int number = (int) (header >>> 32);
        return number == 0 ? 0 : overflowBase + (long) number * StoreGeometry.LINE_BYTES;
    }

    long nextOf(long lineAddress) {
        return next(Memory.getLong(lineAddress));
    }

    /** Makes everything written so far visible before anything that is written later. */
    static void publish(long chain) {
        long header = Memory.getLong(chain);
        Memory.putLongRelease(chain, header & 0xFFFFFFFF_00000000L | header + 1 & 0xFFFF_FFFFL);
        VarHandle.storeStoreFence();
    }

    /** Place of the entry that points to {@code offset}, 0 where there is none. */
    long placeOf(long chain, long offset) {
        for (long line = chain; line != 0; line = nextOf(line)) {
            for (long place = line + FIRST_ENTRY; place < line + StoreGeometry.LINE_BYTES;
                    place += 8) {
                long entry = Memory.getLong(place);
                if (entry != 0 && IndexEntry.offset(entry) == offset) {
                    return place;
                }
            }
        }
        return 0;
    }

    /** Puts another entry for the same key into its place. */
    static void replace(long chain, long place, long entry) {
        Memory.putLongRelease(place, entry);
        publish(chain);
    }

    /**
     * Adds an entry and returns its place; 0 where a further line was needed and there is no
     * memory.
     */
    long insert(long chain, long entry) {
        long place = freePlace(chain);
        if (place == 0) {
            place = extend(chain);
            if (place == 0) {
                return 0;
            }
        }
        Memory.putLongRelease(place, entry);
        publish(chain);
        items++;
        return place;
    }

    private long freePlace(long chain) {
        for (long line = chain; line != 0; line = nextOf(line)) {
            for (long place = line + FIRST_ENTRY; place < line + StoreGeometry.LINE_BYTES;
                    place += 8) {
                if (Memory.getLong(place) == 0) {
                    return place;
                }
            }
        }
        return 0;
    }

    /** Appends an empty line to the chain and returns its first place. */
    private long extend(long chain) {
        int number = takeOverflowLine();
        if (number == 0) {
            return 0;
        }
        long last = chain;
        for (long line = chain; line != 0; line = nextOf(line)) {
            last = line;
        }
        link(last, number);
        return overflowBase + (long) number * StoreGeometry.LINE_BYTES + FIRST_ENTRY;
    }

    private static void link(long line, int number) {
        Memory.putLongRelease(line, Memory.getLong(line) & 0xFFFF_FFFFL | (long) number << 32);
    }

    /** Removes the entry at {@code place}, filling the gap from the chain's last line. */
    void remove(long chain, long place) {
        items--;
        long last = lastEntryPlace(chain);
        if (last == place || nextOf(chain) == 0) {
            Memory.putLongRelease(place, 0);
            publish(chain);
        } else {
            Memory.putLongRelease(place, Memory.getLong(last));
            publish(chain);
            Memory.putLong(last, 0);
            publish(chain);
        }
        dropEmptyTail(chain);
    }

    private long lastEntryPlace(long chain) {
        long found = 0;
        for (long line = chain; line != 0; line = nextOf(line)) {
            for (long place = line + FIRST_ENTRY; place < line + StoreGeometry.LINE_BYTES;
                    place += 8) {
                if (Memory.getLong(place) != 0) {
                    found = place;
                }
            }
        }
        return found;
    }

    private void dropEmptyTail(long chain) {
        while (true) {
            long before = 0;
            long last = chain;
            for (long next = nextOf(last); next != 0; next = nextOf(last)) {
                before = last;
                last = next;
            }
            if (before == 0 || !isEmpty(last)) {
                return;
            }
            int number = (int) (Memory.getLong(before) >>> 32);
            link(before, 0);
            publish(chain);
            giveOverflowLine(number);
        }
    }

    private static boolean isEmpty(long line) {
        for (long place = line + FIRST_ENTRY; place < line + StoreGeometry.LINE_BYTES; place += 8) {
            if (Memory.getLong(place) != 0) {
                return false;
            }
        }
        return true;
    }

    private int takeOverflowLine() {
        int number = overflowFree;
        if (number != 0) {
            overflowFree =
                    (int) (Memory.getLong(overflowBase + (long) number * StoreGeometry.LINE_BYTES)
                            >>> 32);
            overflowFreeCount--;
        } else {
            if (!overflowRegion.hold((overflowUsed + 1L) * StoreGeometry.LINE_BYTES)) {
                return 0;
            }
            number = ++overflowUsed;
        }
        clear(overflowBase + (long) number * StoreGeometry.LINE_BYTES);
        return number;
    }

    private void giveOverflowLine(int number) {
        long line = overflowBase + (long) number * StoreGeometry.LINE_BYTES;
        clear(line);
        link(line, overflowFree);
        overflowFree = number;
        overflowFreeCount++;
    }

    private static void clear(long line) {
        for (long at = line; at < line + StoreGeometry.LINE_BYTES; at += 8) {
            Memory.putLong(at, 0);
        }
    }

    /**
     * Sees to it that the next insertion finds a line to go on in; false where there is no memory.
     */
    boolean prepare() {
        if (overflowFree == 0) {
            int number = takeOverflowLine();
            if (number == 0) {
                return false;
            }
            giveOverflowLine(number);
        }
        return true;
    }

    /** Splits one line where the load asks for it. */
    void grow(HashBits hashes) {
        int count = lines;
        starved = false;
        if ((long) items * 8 <= (long) count * GROW_LOAD_EIGHTHS || count >= maxLines) {
            return;
        }
        if (!lineRegion.hold((count + 1L) * StoreGeometry.LINE_BYTES)) {
            starved = true;
            return;
        }
        int bit = Integer.highestOneBit(count);
        split(lineAddress(count - bit), lineAddress(count), bit, hashes);
    }

    /** Moves what has {@code bit} set in its hash from one line to a new one at the end. */
    private void split(long from, long to, int bit, HashBits hashes) {
        clearForReuse(to);
        for (long line = from; line != 0; line = nextOf(line)) {
            for (long place = line + FIRST_ENTRY; place < line + StoreGeometry.LINE_BYTES;
                    place += 8) {
                long entry = Memory.getLong(place);
                if (entry != 0 && isSet(entry, bit, hashes)) {
                    if (insert(to, entry) == 0) {
                        clearChain(to);
                        starved = true;
                        return;
                    }
                    items--;
                }
            }
        }
        lines = lines + 1;
        for (long line = from; line != 0; line = nextOf(line)) {
            for (long place = line + FIRST_ENTRY; place < line + StoreGeometry.LINE_BYTES;
                    place += 8) {
                long entry = Memory.getLong(place);
                if (entry != 0 && isSet(entry, bit, hashes)) {
                    Memory.putLong(place, 0);
                }
            }
        }
        publish(from);
        pullTogether(from);
    }

    /**
     * Makes a line empty whose memory may have been given back in between: its version must be none
     * that a slow reader may have seen there.
     */
    private void clearForReuse(long line) {
        reuses++;
        Memory.putLongRelease(line, Memory.getLong(line) + reuses * VERSION_STRIDE & 0xFFFF_FFFFL);
        for (long at = line + FIRST_ENTRY; at < line + StoreGeometry.LINE_BYTES; at += 8) {
            Memory.putLong(at, 0);
        }
    }

    private static boolean isSet(long entry, int bit, HashBits hashes) {
        int hash = bit >= 1 << IndexEntry.TAG_HASH_SHIFT
                ? IndexEntry.tag(entry) << IndexEntry.TAG_HASH_SHIFT
                : hashes.lowBits(IndexEntry.offset(entry));
        return (hash & bit) != 0;
    }

    /** Fills gaps from the chain's end, so that it has no more lines than it needs. */
    private void pullTogether(long chain) {
        dropEmptyTail(chain);
        while (nextOf(chain) != 0) {
            long gap = freePlace(chain);
            long last = lastEntryPlace(chain);
            if (gap == 0 || isBehind(chain, gap, last)) {
                return;
            }
            Memory.putLongRelease(gap, Memory.getLong(last));
            publish(chain);
            Memory.putLong(last, 0);
            publish(chain);
            dropEmptyTail(chain);
        }
    }

    /** Whether {@code gap} comes after {@code last} in the chain. */
    private boolean isBehind(long chain, long gap, long last) {
        for (long line = chain; line != 0; line = nextOf(line)) {
            boolean holdsLast = last > line && last < line + StoreGeometry.LINE_BYTES;
            boolean holdsGap = gap > line && gap < line + StoreGeometry.LINE_BYTES;
            if (holdsLast || holdsGap) {
                return holdsLast && (!holdsGap || gap > last);
            }
        }
        return true;
    }

    /**
     * Merges the last line into the one it was split from, where few items are left; false where
     * there is nothing to do.
     */
    boolean shrink() {
        int count = lines;
        if (count <= INITIAL_LINES || (long) items * 8 >= (long) count * SHRINK_LOAD_EIGHTHS) {
            return false;
        }
        long from = lineAddress(count - 1);
        long to = lineAddress(count - 1 - Integer.highestOneBit(count - 1));
        if (!copyAll(from, to)) {
            return false;
        }
        lines = count - 1;
        clearChain(from);
        lineRegion.trim((long) lines * StoreGeometry.LINE_BYTES);
        if (overflowFreeCount == overflowUsed) {
            overflowUsed = 0;
            overflowFree = 0;
            overflowFreeCount = 0;
            overflowRegion.trim(0);
        }
        return true;
    }

    private boolean copyAll(long from, long to) {
        for (long line = from; line != 0; line = nextOf(line)) {
            for (long place = line + FIRST_ENTRY; place < line + StoreGeometry.LINE_BYTES;
                    place += 8) {
                long entry = Memory.getLong(place);
                if (entry != 0) {
                    if (insert(to, entry) == 0) {
                        removeCopies(from, to);
                        return false;
                    }
                    items--;
                }
            }
        }
        return true;
    }

    private void removeCopies(long from, long to) {
        for (long line = from; line != 0; line = nextOf(line)) {
            for (long place = line + FIRST_ENTRY; place < line + StoreGeometry.LINE_BYTES;
                    place += 8) {
                long entry = Memory.getLong(place);
                long copy = entry == 0 ? 0 : placeOf(to, IndexEntry.offset(entry));
                if (copy != 0) {
                    remove(to, copy);
                    items++;
                }
            }
        }
    }

    private void clearChain(long chain) {
        for (long line = chain; line != 0; line = nextOf(line)) {
            for (long place = line + FIRST_ENTRY; place < line + StoreGeometry.LINE_BYTES;
                    place += 8) {
                Memory.putLong(place, 0);
            }
        }
        publish(chain);
        dropEmptyTail(chain);
    }

    /** Low 12 bits of the hash of the item at an offset; only needed while there are few lines. */
    interface HashBits {
        int lowBits(long offset);
    }
}
