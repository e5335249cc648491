package io.ringtail.server.store;

/**
 * S3-FIFO (Yang et al., SOSP 2023) that finds the size of its probation queue itself, as ARC
 * (Megiddo and Modha, FAST 2003) does.
 *
 * <p>New items start in the probation queue; what is read there goes on to the main queue, the rest
 * is remembered by its hash, and comes into the main queue directly when it is stored again soon.
 * In the main queue what was read goes round again, with half its reads. What leaves the main queue
 * is remembered too, for one purpose: an item that comes back soon after it left a queue says that
 * this queue is too small, and the other one too large. Where few items leave a queue each of them
 * says more. Where popularity drifts this leads to nine tenths of recency, where it stays or scans
 * come by to a twentieth. Owner: shard lock.
 */
final class S3FifoPolicy implements EvictionPolicy {
    /** Reads beyond this many are not counted. */
    static final int MAX_FREQUENCY = 2;

    private static final double FIRST_SHARE = 0.1;
    private static final double MIN_SHARE = 0.05;
    private static final double MAX_SHARE = 0.9;
    /** Items that a queue may grow by for each that came back. */
    private static final double GAIN = 8;
    private static final double MAX_WEIGHT = 64;
    /** Departures that are counted until all counts are halved. */
    private static final int REMEMBERED = 1 << 14;

    private final ShardLog log;
    private final IndexLines index;
    private final Ghosts ghosts;
    private final int[] departures = {1, 1};
    /** Part of the live bytes that probation may have. */
    private double probationShare = FIRST_SHARE;
    private long newestBytes;

    S3FifoPolicy(ShardLog log, IndexLines index, Ghosts ghosts) {
        this.log = log;
        this.index = index;
        this.ghosts = ghosts;
    }

    @Override
    public int queueForNew(long hash, boolean roomLeft) {
        int ghost = ghosts.take(hash);
        if (Ghosts.isFresh(ghost)) {
            adapt(Ghosts.queue(ghost));
        }
        boolean wasOnProbation = ghost != Ghosts.NONE && Ghosts.queue(ghost) == ShardLog.PROBATION;
        return wasOnProbation || roomLeft && probationIsFull() ? ShardLog.MAIN : ShardLog.PROBATION;
    }

    /** An item came back that had left a queue too early. */
    private void adapt(int queue) {
        int other = ShardLog.PROBATION + ShardLog.MAIN - queue;
        double weight = Math.clamp((double) departures[other] / departures[queue], 1, MAX_WEIGHT);
        double change = GAIN * weight / Math.max(index.items(), 1);
        probationShare = Math.clamp(
                queue == ShardLog.PROBATION ? probationShare + change : probationShare - change,
                MIN_SHARE, MAX_SHARE);
    }

    /**
     * What was stored last does not count, so that an item too large for probation is not the first
     * to go.
     */
    private boolean probationIsFull() {
        return log.liveBytes(ShardLog.PROBATION) - newestBytes > probationShare * log.liveBytes();
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
        return frequency > 0;
    }

    @Override
    public int frequencyAfter(int queue, int frequency) {
        return queue == ShardLog.PROBATION ? 0 : frequency >> 1;
    }

    @Override
    public void evicted(int queue, long hash) {
        ghosts.add(hash, queue);
        departures[queue]++;
        if (departures[queue] >= REMEMBERED) {
            for (int i = 0; i < departures.length; i++) {
                departures[i] = Math.max(1, departures[i] >> 1);
            }
        }
    }
}
