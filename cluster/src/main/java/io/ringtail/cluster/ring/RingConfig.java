package io.ringtail.cluster.ring;

/**
 * The parameters that all members of a cluster must agree on. Immutable.
 *
 * @param kind which hash places points and keys; {@code plain} is the only one yet
 * @param pointsPerWeight points on the ring for each unit of a member's weight
 */
public record RingConfig(String kind, int pointsPerWeight) {
    public static final String PLAIN = "plain";
    private static final int MAX_POINTS = 10_000;

    public RingConfig {
        if (!kind.equals(PLAIN)) {
            throw new IllegalArgumentException("unknown ring " + kind);
        }
        if (pointsPerWeight < 1 || pointsPerWeight > MAX_POINTS) {
            throw new IllegalArgumentException("pointsPerWeight=" + pointsPerWeight);
        }
    }

    public static RingConfig defaults() {
        return new RingConfig(PLAIN, 160);
    }

    /** The parameters in one word, for comparison and for people. */
    public String text() {
        return kind + "/" + pointsPerWeight;
    }
}
