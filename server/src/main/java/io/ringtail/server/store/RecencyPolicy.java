package io.ringtail.server.store;

/**
 * Least recently used, in its second-chance form: one queue, and what was read goes round once
 * more.
 */
final class RecencyPolicy implements EvictionPolicy {
    /** Reads beyond this many are not counted. */
    static final int MAX_FREQUENCY = 1;

    @Override
    public int queueForNew(long hash, boolean roomLeft) {
        return ShardLog.MAIN;
    }

    @Override
    public void stored(int queue, long bytes) {
        // The order of the log is all there is.
    }

    @Override
    public int victimQueue() {
        return ShardLog.MAIN;
    }

    @Override
    public boolean keeps(int queue, int frequency) {
        return frequency > 0;
    }

    @Override
    public int frequencyAfter(int queue, int frequency) {
        return 0;
    }

    @Override
    public void evicted(int queue, long hash) {
        // Nothing is remembered.
    }
}
