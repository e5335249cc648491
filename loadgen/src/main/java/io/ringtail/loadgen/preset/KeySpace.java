package io.ringtail.loadgen.preset;

/**
 * The keys and values of a workload.
 *
 * @param keys how many there are
 * @param keyBytes of each
 * @param ttlSeconds of each, 0 for ever
 */
public record KeySpace(long keys, int keyBytes, ValueSizes sizes, int ttlSeconds) {
    public KeySpace {
        if (keys < 1 || ttlSeconds < 0) {
            throw new IllegalArgumentException("keys=" + keys + " ttlSeconds=" + ttlSeconds);
        }
    }
}
