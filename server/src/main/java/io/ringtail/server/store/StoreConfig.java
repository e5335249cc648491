package io.ringtail.server.store;

/**
 * Settings of a store.
 *
 * @param limitBytes all memory for data: index, items and ghosts; at least 1 MiB
 * @param maxItemBytes longest value, 1 KiB to 1 GiB and at most half of the limit
 * @param concurrency how many threads write at the same time (event loops)
 * @param evictionAllowed false: a full store refuses writes instead of evicting (-M)
 * @param casEnabled whether items carry a CAS unique
 * @param versions whether items carry a version, as members of a cluster need it
 * @param hugePages whether the kernel is asked for huge pages
 * @param hashSeed secret against keys chosen to collide
 * @param sizeClasses how items are grouped for statistics
 */
public record StoreConfig(long limitBytes, long maxItemBytes, int concurrency, Eviction eviction,
        boolean evictionAllowed, boolean casEnabled, boolean versions, boolean hugePages,
        long hashSeed, SizeClasses sizeClasses) {
    public static final long MIN_LIMIT_BYTES = 1 << 20;
    public static final long MAX_VALUE_BYTES = 1 << 30;

    /** Which items leave when memory is full. */
    public enum Eviction {
        /** FIFO queues with a probation queue and a memory of what left it: resists scans. */
        S3FIFO,
        /** Recency only: what was read since it was written goes round once more. */
        LRU
    }

    public StoreConfig {
        if (limitBytes < MIN_LIMIT_BYTES) {
            throw new IllegalArgumentException(
                    "limitBytes=" + limitBytes + " minimum=" + MIN_LIMIT_BYTES);
        }
        if (maxItemBytes < 1024 || maxItemBytes > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("maxItemBytes=" + maxItemBytes);
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency=" + concurrency);
        }
        maxItemBytes = Math.min(maxItemBytes, limitBytes / 2);
    }

    /** 64 MiB, values up to 1 MiB, four writers, S3-FIFO, CAS. */
    public static StoreConfig defaults() {
        return new StoreConfig(64L << 20, 1 << 20, 4, Eviction.S3FIFO, true, true, false, false,
                0x9E3779B97F4A7C15L, SizeClasses.defaults());
    }

    public StoreConfig withLimit(long bytes) {
        return new StoreConfig(bytes, maxItemBytes, concurrency, eviction, evictionAllowed,
                casEnabled, versions, hugePages, hashSeed, sizeClasses);
    }

    public StoreConfig withMaxItem(long bytes) {
        return new StoreConfig(limitBytes, bytes, concurrency, eviction, evictionAllowed,
                casEnabled, versions, hugePages, hashSeed, sizeClasses);
    }

    public StoreConfig withConcurrency(int writers) {
        return new StoreConfig(limitBytes, maxItemBytes, writers, eviction, evictionAllowed,
                casEnabled, versions, hugePages, hashSeed, sizeClasses);
    }

    public StoreConfig withEviction(Eviction policy, boolean allowed) {
        return new StoreConfig(limitBytes, maxItemBytes, concurrency, policy, allowed, casEnabled,
                versions, hugePages, hashSeed, sizeClasses);
    }

    public StoreConfig withItemFields(boolean cas, boolean version) {
        return new StoreConfig(limitBytes, maxItemBytes, concurrency, eviction, evictionAllowed,
                cas, version, hugePages, hashSeed, sizeClasses);
    }
}
