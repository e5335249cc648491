package io.ringtail.server.stats;

import io.ringtail.server.store.SizeClassStatistics;
import io.ringtail.server.store.StoreStatistics;

/**
 * {@code stats slabs}: the size classes as if their items lay in memcached's pages. Memory is not
 * divided by class here, so pages are what the items would fill. Owner: the event loop that
 * reports.
 */
record SlabsReport(Figures figures) {
    private static final int PAGE_BYTES = 1 << 20;

    void write(StoreStatistics store) {
        int active = 0;
        for (var each : store.classes()) {
            if (each.items() > 0) {
                write(each, figures.behind(each.number() + ":"));
                active++;
            }
        }
        figures.number("active_slabs", active);
        figures.number("total_malloced", store.memoryBytes());
    }

    private static void write(SizeClassStatistics held, Figures figures) {
        long perPage = Math.max(1, PAGE_BYTES / held.chunkBytes());
        long pages = (held.items() + perPage - 1) / perPage;
        figures.number("chunk_size", held.chunkBytes());
        figures.number("chunks_per_page", perPage);
        figures.number("total_pages", pages);
        figures.number("total_chunks", pages * perPage);
        figures.number("used_chunks", held.items());
        figures.number("free_chunks", pages * perPage - held.items());
        figures.number("free_chunks_end", 0);
        figures.number("get_hits", 0);
        figures.number("cmd_set", 0);
        figures.number("delete_hits", 0);
        figures.number("incr_hits", 0);
        figures.number("decr_hits", 0);
        figures.number("cas_hits", 0);
        figures.number("cas_badval", 0);
        figures.number("touch_hits", 0);
    }
}
