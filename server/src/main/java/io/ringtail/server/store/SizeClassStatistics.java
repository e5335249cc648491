package io.ringtail.server.store;

/**
 * What a store holds and has done in one size class. Immutable.
 *
 * @param number of the class, from 1
 * @param chunkBytes largest item of the class, as memcached counts an item
 * @param probationItems items that were not read and stored long enough to be kept by preference
 * @param ageSeconds since the item that is evicted next was written or read
 * @param counters what happened to items of the class
 */
public record SizeClassStatistics(int number, int chunkBytes, long items, long probationItems,
        long itemBytes, int ageSeconds, Counters counters) {

    /**
     * Counters under memcached's names.
     *
     * @param evictedNonzero evicted although they had an exptime
     * @param evictedTime seconds since the last access of the item evicted last
     * @param evictedActive evicted although read since written: memory was needed at once
     * @param outOfMemory writes refused for want of memory
     * @param reclaimed expired or flushed items whose memory was taken for new ones
     * @param crawlerReclaimed expired or flushed items that maintenance dropped
     * @param crawlerChecked items that maintenance looked at
     * @param movesToMain items that left probation because they were read
     * @param movesWithinMain items written anew at the head because they were read
     * @param directReclaims segments a writer had to free itself
     */
    public record Counters(long evicted, long evictedNonzero, long evictedTime,
            long evictedUnfetched, long evictedActive, long outOfMemory, long reclaimed,
            long expiredUnfetched, long crawlerReclaimed, long crawlerChecked, long movesToMain,
            long movesWithinMain, long directReclaims) {
        public static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
