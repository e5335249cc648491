package io.ringtail.server.stats;

import io.ringtail.metrics.counters.SizeClassCounters;
import io.ringtail.server.store.SizeClassStatistics;
import io.ringtail.server.store.StoreStatistics;

/**
 * {@code stats items}: what the store holds by size class. Its probation queue stands where
 * memcached has the hot one, its main queue where memcached has the cold one. Owner: the event loop
 * that reports.
 */
record ItemsReport(Figures figures, SizeClassCounters commands) {
    void write(StoreStatistics store) {
        for (var each : store.classes()) {
            if (each.items() > 0) {
                write(each);
            }
        }
    }

    private void write(SizeClassStatistics held) {
        var one = figures.behind("items:" + held.number() + ":");
        var counters = held.counters();
        one.number("number", held.items());
        one.number("number_hot", held.probationItems());
        one.number("number_warm", 0);
        one.number("number_cold", held.items() - held.probationItems());
        one.number("age_hot", 0);
        one.number("age_warm", 0);
        one.number("age", held.ageSeconds());
        one.number("mem_requested", held.itemBytes());
        one.number("evicted", counters.evicted());
        one.number("evicted_nonzero", counters.evictedNonzero());
        one.number("evicted_time", counters.evictedTime());
        one.number("outofmemory", counters.outOfMemory());
        one.number("tailrepairs", 0);
        one.number("reclaimed", counters.reclaimed());
        one.number("expired_unfetched", counters.expiredUnfetched());
        one.number("evicted_unfetched", counters.evictedUnfetched());
        one.number("evicted_active", counters.evictedActive());
        one.number("crawler_reclaimed", counters.crawlerReclaimed());
        one.number("crawler_items_checked", counters.crawlerChecked());
        one.number("lrutail_reflocked", 0);
        one.number("moves_to_cold", 0);
        one.number("moves_to_warm", counters.movesToMain());
        one.number("moves_within_lru", counters.movesWithinMain());
        one.number("direct_reclaims", counters.directReclaims());
        one.number("hits_to_hot", 0);
        one.number("hits_to_warm", 0);
        one.number("hits_to_cold", commands.counted(held.number(), SizeClassCounters.GET_HITS));
        one.number("hits_to_temp", 0);
    }
}
