package io.ringtail.cluster.ring;

/**
 * One node of the cluster.
 *
 * @param name {@code host:port} as clients spell it; the ring's points are made from it
 * @param weight its share of the keys, relative to the other members' weights
 */
public record Member(String name, int weight) {
    public static final int MAX_WEIGHT = 100;

    public Member {
        if (name.isBlank() || name.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("not the name of a member: '" + name + "'");
        }
        if (weight < 1 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException(
                    "weight of " + name + " must be 1 to " + MAX_WEIGHT + ", not " + weight);
        }
    }

    public Member(String name) {
        this(name, 1);
    }
}
