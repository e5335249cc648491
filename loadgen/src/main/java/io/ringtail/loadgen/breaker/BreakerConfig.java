package io.ringtail.loadgen.breaker;

/**
 * When a breaker opens and how it closes again.
 *
 * @param window the number of last requests that are looked at
 * @param failurePercent of them that open it
 * @param openMillis before requests are tried again
 * @param probes that are tried then
 */
public record BreakerConfig(int window, int failurePercent, long openMillis, int probes) {
    public BreakerConfig {
        if (window < 1 || failurePercent < 1 || failurePercent > 100 || openMillis < 1
                || probes < 1) {
            throw new IllegalArgumentException("window=" + window + " failurePercent="
                    + failurePercent + " openMillis=" + openMillis + " probes=" + probes);
        }
    }

    public static BreakerConfig defaults() {
        return new BreakerConfig(10, 50, 1_000, 3);
    }
}
