package io.ringtail.server.store;

import io.ringtail.server.store.SizeClassStatistics.Counters;
import java.util.ArrayList;
import java.util.List;

/** Sums the shards' counters, one shard after the other. Owner: whoever asks. */
final class StatisticsReport {
    private final StoreCore core;
    private final long[][] sums;
    private long lines;
    private int ageSeconds;
    private boolean growing;

    private StatisticsReport(StoreCore core) {
        this.core = core;
        this.sums = new long[core.sizeClasses().last() + 1][ShardStatistics.COUNTERS];
    }

    static StoreStatistics of(StoreCore core, int now) {
        var report = new StatisticsReport(core);
        for (int i = 0; i < core.shards(); i++) {
            report.add(core.shard(i), now);
        }
        return report.result();
    }

    private void add(Shard shard, int now) {
        shard.lock();
        try {
            for (int sizeClass = 0; sizeClass < sums.length; sizeClass++) {
                for (int counter = 0; counter < ShardStatistics.COUNTERS; counter++) {
                    add(sizeClass, counter, shard.statistics().count(sizeClass, counter));
                }
            }
            lines += shard.index().lines();
            growing |= shard.growth().isGrowing();
            ageSeconds = Math.max(ageSeconds, shard.log().age(now));
        } finally {
            shard.unlock();
        }
    }

    private void add(int sizeClass, int counter, long count) {
        var row = sums[sizeClass];
        row[counter] = counter == ShardStatistics.EVICTED_TIME ? Math.max(row[counter], count)
                : row[counter] + count;
    }

    private StoreStatistics result() {
        var classes = new ArrayList<SizeClassStatistics>();
        long items = 0;
        long itemBytes = 0;
        long stored = 0;
        for (int sizeClass = 1; sizeClass < sums.length; sizeClass++) {
            var row = sums[sizeClass];
            boolean any = false;
            for (long count : row) {
                any |= count != 0;
            }
            if (any) {
                classes.add(ofClass(sizeClass, row));
                items += row[ShardStatistics.ITEMS];
                itemBytes += row[ShardStatistics.ITEM_BYTES];
                stored += row[ShardStatistics.STORED];
            }
        }
        var pool = core.pool();
        int power = 63 - Long.numberOfLeadingZeros(lines * IndexLine.PLACES);
        return new StoreStatistics(items, itemBytes, stored, pool.limitBytes(), pool.usedBytes(),
                pool.available(), new StoreStatistics.Index(pool.tableBytes(), power, growing),
                List.copyOf(classes));
    }

    private SizeClassStatistics ofClass(int sizeClass, long[] row) {
        var counters = new Counters(row[ShardStatistics.EVICTED],
                row[ShardStatistics.EVICTED_NONZERO], row[ShardStatistics.EVICTED_TIME],
                row[ShardStatistics.EVICTED_UNFETCHED], row[ShardStatistics.EVICTED_ACTIVE],
                row[ShardStatistics.OUT_OF_MEMORY], row[ShardStatistics.RECLAIMED],
                row[ShardStatistics.EXPIRED_UNFETCHED], row[ShardStatistics.CRAWLER_RECLAIMED],
                row[ShardStatistics.CRAWLER_CHECKED], row[ShardStatistics.MOVES_TO_MAIN],
                row[ShardStatistics.MOVES_WITHIN_MAIN], row[ShardStatistics.DIRECT_RECLAIMS]);
        return new SizeClassStatistics(sizeClass, core.sizeClasses().chunkBytes(sizeClass),
                row[ShardStatistics.ITEMS], row[ShardStatistics.PROBATION_ITEMS],
                row[ShardStatistics.ITEM_BYTES], row[ShardStatistics.ITEMS] == 0 ? 0 : ageSeconds,
                counters);
    }
}
