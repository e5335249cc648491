package io.ringtail.server.store;

/** How a store is laid out. */
public record StoreConfig(long limitBytes, long maxItemBytes, int concurrency, Eviction eviction,
        boolean evictionAllowed, boolean casEnabled, boolean versions, boolean hugePages,
        long hashSeed) {
    /** Eviction policies. */
    public enum Eviction {
        S3FIFO, LRU
    }

    public static StoreConfig defaults() {
        return new StoreConfig(64L << 20, 1 << 20, 4, Eviction.S3FIFO, true, true, false, false, 0);
    }
}
