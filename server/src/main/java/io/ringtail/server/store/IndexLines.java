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
    static final int INITIAL_LINES = 64;
    static final long FIRST_ENTRY = 8;
    private static final long VERSION_STRIDE = 0x9E3779B9L;

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

    static long place(long line, int entry) {
        return line + FIRST_ENTRY + 8L * entry;
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
        int number = OverflowLines.next(header);
        return number == OverflowLines.NONE ? 0 : overflow.address(number);
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
        Memory.putLongRelease(place, entry);
        publish(chain);
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
        int number = overflow.take();
        if (number == OverflowLines.NONE) {
            return 0;
        }
        long last = chain;
        for (long line = chain; line != 0; line = nextOf(line)) {
            last = line;
        }
        OverflowLines.link(last, number);
        return place(overflow.address(number), 0);
    }

    /** Removes the entry at {@code place}, filling the gap from the chain's last line. */
    void remove(long chain, long place) {
        items--;
        removeCopy(chain, place);
    }

    /** Removes an entry whose item has another one. */
    void removeCopy(long chain, long place) {
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
            int number = OverflowLines.next(Memory.getLong(before));
            OverflowLines.link(before, OverflowLines.NONE);
            publish(chain);
            overflow.give(number);
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
        Memory.putLongRelease(line, Memory.getLong(line) + reuses * VERSION_STRIDE & 0xFFFF_FFFFL);
        for (long at = line + FIRST_ENTRY; at < line + StoreGeometry.LINE_BYTES; at += 8) {
            Memory.putLong(at, 0);
        }
    }

    /** Fills gaps from the chain's end, so that it has no more lines than it needs. */
    void pullTogether(long chain) {
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

    void clearChain(long chain) {
        for (long line = chain; line != 0; line = nextOf(line)) {
            for (long place = line + FIRST_ENTRY; place < line + StoreGeometry.LINE_BYTES;
                    place += 8) {
                Memory.putLong(place, 0);
            }
        }
        publish(chain);
        dropEmptyTail(chain);
    }
}
