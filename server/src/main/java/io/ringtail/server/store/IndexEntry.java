package io.ringtail.server.store;

/**
 * One item's word in an index line; 0 is an empty place.
 *
 * <pre>
 *    63            44 43  42 41      40        39                          0
 *    | tag          | freq  | spared | fetched | address in 4-byte units   |
 *      20             2       1        1         40
 * </pre>
 *
 * The tag is bits 12 to 31 of the key's hash. Lines are chosen by the lowest bits, so that from
 * 4,096 lines on a line is split by its tags alone, without a look at the items. Readers set
 * frequency and fetched by compare-and-set; everything else is written under the shard lock.
 */
final class IndexEntry {
    static final int MAX_FREQUENCY = 3;
    static final int TAG_SHIFT = 44;
    /** The lowest hash bit that is in the tag. */
    static final int TAG_HASH_SHIFT = 12;

    private static final int TAG_MASK = (1 << 20) - 1;
    private static final int FREQUENCY_SHIFT = 42;
    private static final long ONE_READ = 1L << FREQUENCY_SHIFT;
    private static final long FREQUENCY_MASK = 3L << FREQUENCY_SHIFT;
    private static final long SPARED = 1L << 41;
    private static final long FETCHED = 1L << 40;
    private static final long ADDRESS_MASK = (1L << 40) - 1;

    private IndexEntry() {}

    static int tagOf(long hash) {
        return (int) hash >>> TAG_HASH_SHIFT;
    }

    static long of(long hash, long offset) {
        return (long) tagOf(hash) << TAG_SHIFT | offset >>> 2;
    }

    static int tag(long entry) {
        return (int) (entry >>> TAG_SHIFT) & TAG_MASK;
    }

    static long offset(long entry) {
        return (entry & ADDRESS_MASK) << 2;
    }

    static long moved(long entry, long offset) {
        return entry & ~ADDRESS_MASK | offset >>> 2;
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
