package io.ringtail.loadgen.workload;

/**
 * Bytes of keys and values: keys all alike, values log-normal, each key's the same for ever.
 *
 * @param keyBytes of every key
 * @param meanBytes of the values
 * @param sigma deviation of the values' logarithm
 */
public record Sizes(int keyBytes, int meanBytes, double sigma) {
    /** Above it servers refuse values, at their defaults and with small memories. */
    public static final int MAX_VALUE_BYTES = 512 << 10;

    public Sizes {
        if (keyBytes < 1 || keyBytes > KeyText.MAX_BYTES || meanBytes < 1 || sigma < 0) {
            throw new IllegalArgumentException(
                    "keyBytes=" + keyBytes + " meanBytes=" + meanBytes + " sigma=" + sigma);
        }
    }

    int valueBytes(long bits) {
        double log = StrictMath.log(meanBytes) - sigma * sigma / 2 + sigma * Mixing.normal(bits);
        return (int) Math.clamp(Math.round(StrictMath.exp(log)), 1, MAX_VALUE_BYTES);
    }
}
