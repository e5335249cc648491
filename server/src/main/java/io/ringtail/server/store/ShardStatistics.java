package io.ringtail.server.store;

import java.util.Arrays;

/** Counters of one shard, by size class. Owner: shard lock. */
final class ShardStatistics {
    static final int ITEMS = 0;
    static final int PROBATION_ITEMS = 1;
    static final int ITEM_BYTES = 2;
    /** Counters from here on are reset on demand. */
    static final int STORED = 3;
    static final int EVICTED = 4;
    static final int EVICTED_NONZERO = 5;
    static final int EVICTED_TIME = 6;
    static final int EVICTED_UNFETCHED = 7;
    static final int EVICTED_ACTIVE = 8;
    static final int OUT_OF_MEMORY = 9;
    static final int RECLAIMED = 10;
    static final int EXPIRED_UNFETCHED = 11;
    static final int CRAWLER_RECLAIMED = 12;
    static final int CRAWLER_CHECKED = 13;
    static final int MOVES_TO_MAIN = 14;
    static final int MOVES_WITHIN_MAIN = 15;
    static final int DIRECT_RECLAIMS = 16;
    static final int COUNTERS = 17;
    /** Room for a power of two of counters per class. */
    private static final int SHIFT = 5;

    private final SizeClasses classes;
    private final long[] counts;

    ShardStatistics(SizeClasses classes) {
        this.classes = classes;
        this.counts = new long[classes.last() + 1 << SHIFT];
    }

    private int row(long itemBytes) {
        return classes.of(itemBytes) << SHIFT;
    }

    /** An item comes into {@code queue}. */
    void added(long itemBytes, int queue) {
        int row = row(itemBytes);
        counts[row + ITEMS]++;
        counts[row + ITEM_BYTES] += itemBytes;
        counts[row + PROBATION_ITEMS] += queue == ShardLog.PROBATION ? 1 : 0;
    }

    /** A client stored an item. */
    void stored(long itemBytes) {
        counts[row(itemBytes) + STORED]++;
    }

    /** An item of {@code queue} goes, for whatever reason. */
    void removed(long itemBytes, int queue) {
        int row = row(itemBytes);
        counts[row + ITEMS]--;
        counts[row + ITEM_BYTES] -= itemBytes;
        counts[row + PROBATION_ITEMS] -= queue == ShardLog.PROBATION ? 1 : 0;
    }

    void evicted(ItemFields item, int now) {
        int row = row(item.itemBytes());
        counts[row + EVICTED]++;
        counts[row + EVICTED_NONZERO] += item.exptime() != 0 ? 1 : 0;
        counts[row + EVICTED_TIME] = (long) now - item.lastAccess();
        counts[row + EVICTED_UNFETCHED] += item.fetched() ? 0 : 1;
        counts[row + EVICTED_ACTIVE] += IndexEntry.frequency(item.entry) > 0 ? 1 : 0;
    }

    /** An expired or flushed item's memory is taken; {@code byMaintenance}: nobody asked for it. */
    void reclaimed(ItemFields item, boolean expired, boolean byMaintenance) {
        int row = row(item.itemBytes());
        counts[row + (byMaintenance ? CRAWLER_RECLAIMED : RECLAIMED)]++;
        counts[row + EXPIRED_UNFETCHED] += expired && !item.fetched() ? 1 : 0;
    }

    void checkedByMaintenance(ItemFields item) {
        counts[row(item.itemBytes()) + CRAWLER_CHECKED]++;
    }

    /** An item was kept at reclamation and copied to the head of the main queue. */
    void moved(ItemFields item, int from, int to) {
        int row = row(item.itemBytes());
        if (from != to) {
            counts[row + MOVES_TO_MAIN]++;
            counts[row + PROBATION_ITEMS]--;
        } else if (to == ShardLog.MAIN) {
            counts[row + MOVES_WITHIN_MAIN]++;
        }
    }

    void outOfMemory(long itemBytes) {
        counts[row(itemBytes) + OUT_OF_MEMORY]++;
    }

    /** A writer had to reclaim for itself, for an item of this size. */
    void reclaimedDirectly(long itemBytes) {
        counts[row(itemBytes) + DIRECT_RECLAIMS]++;
    }

    long count(int sizeClass, int counter) {
        return counts[(sizeClass << SHIFT) + counter];
    }

    /** Forgets all but what is there. */
    void reset() {
        for (int from = 0; from < counts.length; from += 1 << SHIFT) {
            Arrays.fill(counts, from + STORED, from + COUNTERS, 0);
        }
    }
}
