package io.ringtail.server.store;

/**
 * S3-FIFO (Yang et al., SOSP 2023): new items start in a small probation queue; what is read twice
 * there goes on to the main queue, the rest is remembered by its hash, and comes into the main
 * queue directly when it is stored again soon. In the main queue what was read goes round again,
 * each time counting one read less. Owner: shard lock.
 */
final class S3FifoPolicy implements EvictionPolicy {
    private static final int PROBATION_SHARE = 10;
    /** Reads in probation that lead to the main queue. */
    private static final int PROMOTING_READS = 2;

    private final ShardLog log;
    private final Ghosts ghosts;
    private long newestBytes;

    S3FifoPolicy(ShardLog log, Ghosts ghosts) {
        this.log = log;
        this.ghosts = ghosts;
    }

    @Override
    public int queueForNew(long hash, boolean roomLeft) {
        if (ghosts.contains(hash) || roomLeft && probationIsFull()) {
            return ShardLog.MAIN;
        }
        return ShardLog.PROBATION;
    }

    /**
     * What was stored last does not count, so that an item too large for probation is not the first
     * to go.
     */
    private boolean probationIsFull() {
        return (log.liveBytes(ShardLog.PROBATION) - newestBytes) * PROBATION_SHARE
                > log.liveBytes();
    }

    @Override
    public void stored(int queue, long bytes) {
        newestBytes = queue == ShardLog.PROBATION ? bytes : 0;
    }

    @Override
    public int victimQueue() {
        return probationIsFull() ? ShardLog.PROBATION : ShardLog.MAIN;
    }

    @Override
    public boolean keeps(int queue, int frequency) {
        return frequency >= (queue == ShardLog.PROBATION ? PROMOTING_READS : 1);
    }

    @Override
    public int frequencyAfter(int queue, int frequency) {
        return queue == ShardLog.PROBATION ? 0 : frequency - 1;
    }

    @Override
    public void evicted(int queue, long hash) {
        if (queue == ShardLog.PROBATION) {
            ghosts.add(hash);
        }
    }

    @Override
    public int frequencyCap() {
        return IndexEntry.MAX_FREQUENCY;
    }
}
