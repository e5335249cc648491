package io.ringtail.cluster.ring;

/**
 * The parameters that all members of a cluster must agree on. Immutable.
 *
 * @param kind how points and keys are placed
 */
public record RingConfig(RingKind kind) {
    public static RingConfig defaults() {
        return new RingConfig(RingKind.KETAMA);
    }

    /** The parameters in one word, for comparison and for people. */
    public String text() {
        return kind.text();
    }
}
