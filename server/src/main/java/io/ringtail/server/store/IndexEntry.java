package io.ringtail.server.store;

/**
 * What an index line says of one item, as one word; 0 is an empty place.
 *
 * <pre>
 *    47       40 39  38  37      36        35                     0
 *    | tag      | freq  | spared | fetched | address in units     |
 *      8          2       1        1         36
 * </pre>
 *
 * The tag is never 0; it is made of bits that neither lines nor shards nor ghosts are chosen by.
 * The unit is four bytes up to 256 GiB, and more beyond.
 */
final class IndexEntry {
    static final int MAX_FREQUENCY = 3;
    static final int ADDRESS_BITS = 36;
    static final int TAG_SHIFT = 40;

    private static final int TAG_HASH_SHIFT = 48;
    private static final int FREQUENCY_SHIFT = 38;
    private static final long ONE_READ = 1L << FREQUENCY_SHIFT;
    private static final long FREQUENCY_MASK = 3L << FREQUENCY_SHIFT;
    private static final long SPARED = 1L << 37;
    private static final long FETCHED = 1L << 36;
    private static final long ADDRESS_MASK = (1L << ADDRESS_BITS) - 1;

    private IndexEntry() {}

    static int tagOf(long hash) {
        return Math.max(1, (int) (hash >>> TAG_HASH_SHIFT) & 0xFF);
    }

    static long of(long hash, long address) {
        return (long) tagOf(hash) << TAG_SHIFT | address;
    }

    static int tag(long entry) {
        return (int) (entry >>> TAG_SHIFT);
    }

    static long address(long entry) {
        return entry & ADDRESS_MASK;
    }

    static long moved(long entry, long address) {
        return entry & ~ADDRESS_MASK | address;
    }

    static int frequency(long entry) {
        return (int) (entry >>> FREQUENCY_SHIFT) & 3;
    }

    static long withFrequency(long entry, int frequency) {
        return entry & ~FREQUENCY_MASK | (long) frequency << FREQUENCY_SHIFT;
    }

    /** The entry after one more read, at most {@code cap} counted. */
    static long read(long entry, int cap) {
        long counted = frequency(entry) < cap ? entry + ONE_READ : entry;
        return counted | FETCHED;
    }

    static boolean fetched(long entry) {
        return (entry & FETCHED) != 0;
    }

    static long withFetched(long entry) {
        return entry | FETCHED;
    }

    /**
     * Whether the item lies further back in its queue than its age says, and goes round once more.
     */
    static boolean spared(long entry) {
        return (entry & SPARED) != 0;
    }

    static long withSpared(long entry, boolean spared) {
        return spared ? entry | SPARED : entry & ~SPARED;
    }
}
