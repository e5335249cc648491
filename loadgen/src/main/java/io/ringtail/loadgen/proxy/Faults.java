package io.ringtail.loadgen.proxy;

/**
 * How a proxy mistreats what it passes on.
 *
 * @param latencyMillis that replies are held back
 * @param jitterMillis more, at most, drawn anew for each piece
 * @param bytesPerSecond in each direction of a connection, 0 for as many as come
 * @param silent whether nothing is passed on until this ends
 */
public record Faults(long latencyMillis, long jitterMillis, long bytesPerSecond, boolean silent) {
    public static final Faults NONE = new Faults(0, 0, 0, false);
    public static final Faults SILENCE = new Faults(0, 0, 0, true);

    public Faults {
        if (latencyMillis < 0 || jitterMillis < 0 || bytesPerSecond < 0) {
            throw new IllegalArgumentException("latencyMillis=" + latencyMillis + " jitterMillis="
                    + jitterMillis + " bytesPerSecond=" + bytesPerSecond);
        }
    }
}
