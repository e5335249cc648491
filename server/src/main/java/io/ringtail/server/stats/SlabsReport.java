package io.ringtail.server.stats;

import io.ringtail.metrics.counters.SizeClassCounters;
import io.ringtail.server.store.SizeClassStatistics;
import io.ringtail.server.store.StoreStatistics;

/**
 * {@code stats slabs}: the size classes as if their items lay in memcached's pages. Memory is not
 * divided by class here, so pages are what the items would fill. Owner: the event loop that
 * reports.
 */
record SlabsReport(Figures figures, SizeClassCounters commands) {
    private static final int PAGE_BYTES = 1 << 20;

    void write(StoreStatistics store) {
        store.classes().forEach(this::write);
        figures.number("active_slabs", store.classes().size());
        figures.number("total_malloced", store.memoryBytes());
    }

    private void write(SizeClassStatistics held) {
        var one = figures.behind(held.number() + ":");
        long perPage = Math.max(1, PAGE_BYTES / held.chunkBytes());
        long pages = Math.max(1, (held.items() + perPage - 1) / perPage);
        one.number("chunk_size", held.chunkBytes());
        one.number("chunks_per_page", perPage);
        one.number("total_pages", pages);
        one.number("total_chunks", pages * perPage);
        one.number("used_chunks", held.items());
        one.number("free_chunks", pages * perPage - held.items());
        one.number("free_chunks_end", 0);
        one.number("get_hits", counted(held, SizeClassCounters.GET_HITS));
        one.number("cmd_set", counted(held, SizeClassCounters.CMD_SET));
        one.number("delete_hits", counted(held, SizeClassCounters.DELETE_HITS));
        one.number("incr_hits", counted(held, SizeClassCounters.INCR_HITS));
        one.number("decr_hits", counted(held, SizeClassCounters.DECR_HITS));
        one.number("cas_hits", counted(held, SizeClassCounters.CAS_HITS));
        one.number("cas_badval", counted(held, SizeClassCounters.CAS_BADVAL));
        one.number("touch_hits", counted(held, SizeClassCounters.TOUCH_HITS));
    }

    private long counted(SizeClassStatistics held, int what) {
        return commands.counted(held.number(), what);
    }
}
