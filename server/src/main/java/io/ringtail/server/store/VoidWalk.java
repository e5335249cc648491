package io.ringtail.server.store;

/**
 * Finds sealed segments of one shard whose items have all expired or been flushed, going round
 * through both queues. It remembers when the next segment is due, so that asking costs nothing
 * before. Owner: shard lock.
 */
final class VoidWalk {
    private final ShardLog log;
    private final SegmentTable table;
    private int segment = SegmentTable.NONE;
    private int queue = ShardLog.MAIN;
    /** No sealed segment expires before this second. */
    private int nextDue = Integer.MAX_VALUE;
    private int dueInRound = Integer.MAX_VALUE;
    private boolean flushedInRound;

    VoidWalk(ShardLog log, SegmentTable table) {
        this.log = log;
        this.table = table;
    }

    /** A segment was sealed. */
    void sealed(int fresh) {
        if (table.ttlClass(fresh) != ExpiryClasses.NEVER) {
            nextDue = Math.min(nextDue, table.exptime(fresh));
            dueInRound = Math.min(dueInRound, table.exptime(fresh));
        }
    }

    /** A segment leaves its queue; {@code next} comes behind it. */
    void left(int gone, int next) {
        if (segment == gone) {
            segment = next;
        }
    }

    /** A segment of which nothing is live, or NONE where the next {@code rows} have others. */
    int next(int rows, int now) {
        boolean flushing = log.hasFlushed();
        if (now < nextDue && !flushing) {
            return SegmentTable.NONE;
        }
        int turns = 0;
        for (int looked = 0; looked < rows && turns <= ShardLog.QUEUES;) {
            if (segment == SegmentTable.NONE) {
                turnToOtherQueue();
                turns++;
            } else {
                int found = segment;
                segment = table.next(found);
                looked++;
                if (isVoid(found, now)) {
                    return found;
                }
            }
        }
        return SegmentTable.NONE;
    }

    private boolean isVoid(int candidate, int now) {
        boolean flushed = log.isFlushedSegment(candidate);
        boolean expires = table.ttlClass(candidate) != ExpiryClasses.NEVER;
        int exptime = table.exptime(candidate);
        flushedInRound |= flushed;
        if (expires) {
            dueInRound = Math.min(dueInRound, exptime);
        }
        return flushed || expires && exptime <= now;
    }

    private void turnToOtherQueue() {
        if (queue == ShardLog.MAIN) {
            endRound();
        }
        queue = ShardLog.PROBATION + ShardLog.MAIN - queue;
        segment = log.oldest(queue);
    }

    private void endRound() {
        nextDue = dueInRound;
        dueInRound = Integer.MAX_VALUE;
        if (log.hasFlushed() && !flushedInRound && !log.startsFlushed()) {
            log.flushDone();
        }
        flushedInRound = false;
    }
}
