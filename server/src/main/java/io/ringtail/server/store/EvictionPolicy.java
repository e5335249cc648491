package io.ringtail.server.store;

/** Decides which items leave. Owner: the lock of its shard. */
interface EvictionPolicy {
    /** Queue of an item that was not there before. */
    int queueForNew(long hash, boolean roomLeft);

    /** An item of {@code bytes} bytes was stored in {@code queue}. */
    void stored(int queue, long bytes);

    /** Queue that the next victims are taken from. */
    int victimQueue();

    /**
     * Whether an unexpired item is copied to the main queue's head, with {@link #frequencyAfter},
     * instead of leaving.
     */
    boolean keeps(int queue, int frequency);

    int frequencyAfter(int queue, int frequency);

    /** An item of {@code queue} leaves for want of memory. */
    void evicted(int queue, long hash);
}
