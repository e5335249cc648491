package io.ringtail.server.store;

/** Housekeeping beside the requests: flushes, expiry, a changed limit. Thread-safe. */
final class Upkeep {
    private static final int SHRINK_STEPS = 64;
    /** Bytes of a shard's void segments that one call goes through. */
    private static final int DISCARDED_BYTES = 1 << 20;

    private final StoreCore core;
    private volatile int flushAt;

    Upkeep(StoreCore core) {
        this.core = core;
    }

    void tick(int now) {
        if (core.now() != now) {
            core.now(now);
        }
        int due = flushAt;
        if (due != 0 && due <= now) {
            runDueFlush(due);
        }
    }

    private synchronized void runDueFlush(int due) {
        if (flushAt == due) {
            flushAt = 0;
            flushAll();
        }
    }

    synchronized void flush(int atSecond, int now) {
        if (atSecond > now) {
            flushAt = atSecond;
        } else {
            flushAt = 0;
            flushAll();
        }
    }

    private void flushAll() {
        for (int i = 0; i < core.shards(); i++) {
            var shard = core.shard(i);
            shard.lock();
            try {
                shard.log().flush();
            } finally {
                shard.unlock();
            }
        }
    }

    void maintain(int loop, int loops, int now) {
        tick(now);
        for (int i = loop; i < core.shards(); i += loops) {
            maintain(core.shard(i), now);
        }
        shrink();
    }

    /** Holds the lock for short times only. */
    private static void maintain(Shard shard, int now) {
        int fruitless = 0;
        for (int left = DISCARDED_BYTES; left > 0 && fruitless < ShardLog.QUEUES;) {
            shard.lock();
            try {
                int done = shard.supply().discard(now);
                left -= done;
                fruitless = done == 0 ? fruitless + 1 : 0;
            } finally {
                shard.unlock();
            }
        }
        shard.lock();
        try {
            shard.supply().tidy(now);
        } finally {
            shard.unlock();
        }
    }

    boolean resize(long limitBytes) {
        boolean shrinkable =
                core.config().evictionAllowed() || limitBytes >= core.pool().neededBytes();
        if (limitBytes < StoreConfig.MIN_LIMIT_BYTES || !shrinkable
                || !core.pool().resize(limitBytes)) {
            return false;
        }
        shrink();
        return true;
    }

    private void shrink() {
        for (int step = 0; step < SHRINK_STEPS && core.pool().overLimit(); step++) {
            if (!core.freeSegments()) {
                return;
            }
        }
    }
}
