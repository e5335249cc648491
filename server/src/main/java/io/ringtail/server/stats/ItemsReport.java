package io.ringtail.server.stats;

import io.ringtail.server.store.SizeClassStatistics;
import io.ringtail.server.store.StoreStatistics;

/**
 * {@code stats items}: what the store holds by size class. Its probation queue stands where
 * memcached has the hot one, its main queue where memcached has the cold one. Owner: the event loop
 * that reports.
 */
record ItemsReport(Figures figures) {
    void write(StoreStatistics store) {
        for (var each : store.classes()) {
            if (each.items() > 0) {
                write(each, figures.behind("items:" + each.number() + ":"));
            }
        }
    }

    private static void write(SizeClassStatistics held, Figures figures) {
        var counters = held.counters();
        figures.number("number", held.items());
        figures.number("number_hot", held.probationItems());
        figures.number("number_warm", 0);
        figures.number("number_cold", held.items() - held.probationItems());
        figures.number("age_hot", 0);
        figures.number("age_warm", 0);
        figures.number("age", held.ageSeconds());
        figures.number("mem_requested", held.itemBytes());
        figures.number("evicted", counters.evicted());
        figures.number("evicted_nonzero", counters.evictedNonzero());
        figures.number("evicted_time", counters.evictedTime());
        figures.number("outofmemory", counters.outOfMemory());
        figures.number("tailrepairs", 0);
        figures.number("reclaimed", counters.reclaimed());
        figures.number("expired_unfetched", counters.expiredUnfetched());
        figures.number("evicted_unfetched", counters.evictedUnfetched());
        figures.number("evicted_active", counters.evictedActive());
        figures.number("crawler_reclaimed", counters.crawlerReclaimed());
        figures.number("crawler_items_checked", counters.crawlerChecked());
        figures.number("lrutail_reflocked", 0);
        figures.number("moves_to_cold", 0);
        figures.number("moves_to_warm", counters.movesToMain());
        figures.number("moves_within_lru", counters.movesWithinMain());
        figures.number("direct_reclaims", counters.directReclaims());
        figures.number("hits_to_hot", 0);
        figures.number("hits_to_warm", 0);
        figures.number("hits_to_cold", 0);
        figures.number("hits_to_temp", 0);
    }
}
