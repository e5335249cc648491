package io.ringtail.server.store;

import io.ringtail.protocol.memory.Memory;

/**
 * A walk over all live items, some at a time. An item that is there all the time is visited at
 * least once; it may be visited twice where the index grows meanwhile. Owner: one thread.
 */
public final class Scan {
    private final StoreCore core;
    private final ScannedItem item;
    private int shard;
    private int line;

    Scan(StoreCore core) {
        this.core = core;
        this.item = new ScannedItem(core);
    }

    /** Visits the next items, about {@code maxItems}; false where none are left after them. */
    public boolean next(ItemVisitor visitor, int maxItems, int now) {
        int visited = 0;
        while (shard < core.shards() && visited < maxItems) {
            var owner = core.shard(shard);
            owner.lock();
            try {
                int lines = owner.index().lines();
                int lastOfStep = Math.min(lines, line + maxItems);
                while (line < lastOfStep && visited < maxItems) {
                    visited += visitLine(owner, owner.index().lineAddress(line++), visitor, now);
                }
                if (line >= lines) {
                    shard++;
                    line = 0;
                }
            } finally {
                owner.unlock();
            }
        }
        return shard < core.shards();
    }

    private int visitLine(Shard owner, long chain, ItemVisitor visitor, int now) {
        int visited = 0;
        for (long at = chain; at != 0; at = owner.index().nextOf(at)) {
            for (int left = IndexLine.occupied(at); left != 0; left &= left - 1) {
                long entry =
                        IndexLine.entry(IndexLine.place(at, Integer.numberOfTrailingZeros(left)));
                long record = core.base() + core.offset(entry);
                item.load(record, Memory.getInt(record), entry);
                if (!RecordLayout.expired(item.exptime(), now)
                        && !owner.isFlushed(core.offset(entry))) {
                    visitor.visit(item);
                    visited++;
                }
            }
        }
        return visited;
    }
}
