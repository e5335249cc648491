package io.ringtail.server.store;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a store holds and has done, as of one moment. Counters run since the store was opened or
 * {@link Store#resetStatistics}. Immutable.
 *
 * @param itemBytes of the items held, counted as memcached counts an item
 * @param storedItems items stored ever, replacements included
 * @param memoryBytes of the limit in use: index, segments, ghosts
 * @param freeSegments segments of the limit that wait to be used
 * @param classes the size classes that hold items or counted something, by number
 */
public record StoreStatistics(long items, long itemBytes, long storedItems, long limitBytes,
        long memoryBytes, long freeSegments, Index index, List<SizeClassStatistics> classes) {

    /**
     * The index. {@code powerLevel}: it has room for 2 to this power items; {@code growing}: items
     * move to new lines now.
     */
    public record Index(long bytes, int powerLevel, boolean growing) {}

    /** A counter over all size classes. */
    public long sum(ToLongFunction<SizeClassStatistics> counter) {
        return classes.stream().mapToLong(counter).sum();
    }
}
