package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;

/**
 * Drops expired and flushed items one by one, where no eviction comes by to do it: goes through the
 * whole index in about a minute. Owner: shard lock.
 */
final class Crawler {
    private static final int CALLS_PER_ROUND = 60;
    private static final int MIN_LINES = 64;
    private static final int MAX_LINES = 8192;

    private final StoreCore core;
    private final Shard shard;
    private final ScannedItem item;
    private int line;

    Crawler(StoreCore core, Shard shard) {
        this.core = core;
        this.shard = shard;
        this.item = new ScannedItem(core);
    }

    void crawl(int now) {
        int lines = shard.index().lines();
        int step = Math.clamp(lines / CALLS_PER_ROUND, MIN_LINES, MAX_LINES);
        for (int i = 0; i < Math.min(step, lines); i++) {
            line = line + 1 < lines ? line + 1 : 0;
            crawl(shard.index().lineAddress(line), now);
        }
    }

    private void crawl(long chain, int now) {
        long at = chain;
        while (at != 0) {
            long place = firstVoid(at, now);
            if (place == 0) {
                at = shard.index().nextOf(at);
            } else {
                shard.statistics().reclaimed(item, RecordLayout.expired(item.exptime(), now), true);
                shard.remove(item, chain, place);
                at = chain;
            }
        }
    }

    private long firstVoid(long line, int now) {
        for (int left = IndexLine.occupied(line); left != 0; left &= left - 1) {
            long place = IndexLine.place(line, Integer.numberOfTrailingZeros(left));
            long entry = IndexLine.entry(place);
            long record = core.base() + core.offset(entry);
            item.load(record, Memory.getInt(record), entry);
            shard.statistics().checkedByMaintenance(item);
            if (RecordLayout.expired(item.exptime(), now) || shard.isFlushed(core.offset(entry))) {
                return place;
            }
        }
        return 0;
    }
}
