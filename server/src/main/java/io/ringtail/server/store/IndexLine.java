package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;
import java.lang.invoke.VarHandle;

/**
 * One line of an index, 64 bytes with ten places. All tags lie in the first two words, so that they
 * are compared with one that is looked for at once.
 *
 * <pre>
 *    0        4          14         24                                64
 *    | header | 10 tags  | 10 highs | 10 lows                          |
 *
 *    header   31        3  2      1          0
 *             | version    | LIVE | CHANGING | LINKED |
 * </pre>
 *
 * An {@link IndexEntry} is cut in tag (8 bits, 0 for an empty place), high (state and the address's
 * upper four bits) and low (the rest of the address). Where LINKED is set, place 9 is empty and its
 * low is the number of the overflow line that the chain goes on in. LIVE is missing where the
 * memory was given back.
 *
 * <p>A place has a long as its address. Only lows, and highs but for their address bits, change
 * under a tag; all else is written while the tag is 0 or under CHANGING. Owner: shard lock for
 * writes; reads by anyone, as {@link IndexLines} says.
 */
final class IndexLine {
    static final int PLACES = 10;

    private static final int LINKED = 1;
    private static final int CHANGING = 2;
    private static final int LIVE = 4;
    private static final int ONE_VERSION = 8;
    private static final int TAGS = 4;
    private static final int HIGHS = 14;
    private static final int LOWS = 24;
    private static final int LINK_PLACE = 9;
    private static final int ALL_PLACES = (1 << PLACES) - 1;
    private static final long HEADER_MASK = 0xFFFF_FFFFL;

    private static final long EACH = 0x0101010101010101L;
    private static final long SEVEN_BITS = 0x7F7F7F7F7F7F7F7FL;
    /** Gathers the lowest bits of eight bytes in the highest byte. */
    private static final long GATHER = 0x0102040810204080L;

    private IndexLine() {}

    /** Bits of the places whose tag is {@code tag}. What is read later is read after the tags. */
    static int matching(long line, int tag) {
        long wanted = tag * EACH;
        int first = equalBytes(Memory.getLong(line) ^ wanted) >>> TAGS;
        int second = equalBytes(Memory.getLong(line + 8) ^ wanted) & 0x3F;
        VarHandle.loadLoadFence();
        return first | second << 4;
    }

    /** Bits of the bytes that are 0, and of no others. */
    private static int equalBytes(long difference) {
        long zero = ~((difference & SEVEN_BITS) + SEVEN_BITS | difference | SEVEN_BITS);
        return (int) ((zero >>> 7) * GATHER >>> 56);
    }

    static int occupied(long line) {
        return ~matching(line, 0) & ALL_PLACES;
    }

    /** An empty place, or 0. */
    static long freePlace(long line) {
        int free = matching(line, 0) & (isLinked(line) ? ALL_PLACES >>> 1 : ALL_PLACES);
        return free == 0 ? 0 : place(line, Integer.numberOfTrailingZeros(free));
    }

    static long place(long line, int number) {
        return line + LOWS + 4L * number;
    }

    static long lineOf(long place) {
        return place & -StoreGeometry.LINE_BYTES;
    }

    private static int number(long place) {
        return (int) (place & StoreGeometry.LINE_BYTES - 1) - LOWS >>> 2;
    }

    private static long tagAt(long place) {
        return lineOf(place) + TAGS + number(place);
    }

    private static long highAt(long place) {
        return lineOf(place) + HIGHS + number(place);
    }

    /** The entry at a place, 0 where it is empty. */
    static long entry(long place) {
        int tag = Memory.getUnsignedByte(tagAt(place));
        return tag == 0 ? 0 : entry(place, tag);
    }

    /** The entry at a place that has {@code tag}. */
    static long entry(long place, int tag) {
        return (long) tag << IndexEntry.TAG_SHIFT
                | (long) Memory.getUnsignedByte(highAt(place)) << Integer.SIZE
                | Memory.getInt(place) & HEADER_MASK;
    }

    private static byte high(long entry) {
        return (byte) (entry >>> Integer.SIZE);
    }

    /** Fills an empty place; the record was written before. */
    static void fill(long place, long entry) {
        Memory.putByte(highAt(place), high(entry));
        Memory.putInt(place, (int) entry);
        VarHandle.storeStoreFence();
        Memory.putByte(tagAt(place), (byte) IndexEntry.tag(entry));
    }

    static void clear(long place) {
        Memory.putByte(tagAt(place), (byte) 0);
    }

    /**
     * Puts another entry with the same tag into a place. Readers never see a part of it: either
     * only one part changes, or they are held off until it is published.
     */
    static void replace(long chain, long place, long entry) {
        if (((Memory.getByte(highAt(place)) ^ high(entry)) & 0xF) != 0) {
            change(chain);
        }
        VarHandle.storeStoreFence();
        Memory.putInt(place, (int) entry);
        Memory.putByte(highAt(place), high(entry));
        publish(chain);
    }

    /** Changes nothing but the state in an entry, without the lock; no harm is done if it fails. */
    static void mark(long place, long entry, long marked) {
        int number = number(place);
        long word = lineOf(place) + (number < 2 ? 8 : 16);
        int shift = (number < 2 ? number + 6 : number - 2) * 8;
        long present = Memory.getLong(word);
        if ((byte) (present >>> shift) == high(entry)) {
            long changed = present & ~(0xFFL << shift) | (high(marked) & 0xFFL) << shift;
            Memory.compareAndSetLong(word, present, changed);
        }
    }

    /** The first word, by which readers notice changes. */
    static long header(long line) {
        return Memory.getLongAcquire(line);
    }

    /** Whether the chain may be read; otherwise the reader begins again. */
    static boolean isReadable(long header) {
        return (header & (LIVE | CHANGING)) == LIVE;
    }

    static boolean isLinked(long line) {
        return (Memory.getLong(line) & LINKED) != 0;
    }

    /** Number of the overflow line that a linked line goes on in. */
    static int link(long line) {
        return Memory.getInt(place(line, LINK_PLACE));
    }

    /** Holds readers of a chain off until the next {@link #publish}. */
    static void change(long chain) {
        Memory.putLong(chain, Memory.getLong(chain) | CHANGING);
        VarHandle.storeStoreFence();
    }

    /** Makes everything written so far visible before anything that is written later. */
    static void publish(long chain) {
        long word = Memory.getLong(chain);
        long header = word + ONE_VERSION & HEADER_MASK & ~CHANGING;
        Memory.putLongRelease(chain, word & ~HEADER_MASK | header);
        VarHandle.storeStoreFence();
    }

    /** The entry of the place that a link takes. */
    static long entryInLinksPlace(long line) {
        return entry(place(line, LINK_PLACE));
    }

    /** Lets overflow line {@code number} follow; under CHANGING. */
    static void link(long line, int number) {
        clear(place(line, LINK_PLACE));
        Memory.putInt(place(line, LINK_PLACE), number);
        Memory.putLong(line, Memory.getLong(line) | LINKED);
    }

    /** Lets no line follow, and {@code entry} take the link's place unless it is 0; as above. */
    static void unlink(long line, long entry) {
        Memory.putLong(line, Memory.getLong(line) & ~(long) LINKED);
        if (entry != 0) {
            fill(place(line, LINK_PLACE), entry);
        }
    }

    /** Takes all entries out, which have copies elsewhere, or nobody knows the line. */
    static void clearTags(long line) {
        Memory.putLong(line, Memory.getLong(line) & HEADER_MASK);
        Memory.putLong(line + 8, Memory.getLong(line + 8) & ~0xFFFF_FFFFFFFFL);
    }

    /** An empty line with a version of its own. */
    static void reset(long line, int version) {
        Memory.putLongRelease(line, (long) version * ONE_VERSION & HEADER_MASK | LIVE);
        VarHandle.storeStoreFence();
        for (long at = line + 8; at < line + StoreGeometry.LINE_BYTES; at += 8) {
            Memory.putLong(at, 0);
        }
    }

    static int version(long line) {
        return (int) Memory.getLong(line) >>> 3;
    }
}
