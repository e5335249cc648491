package io.ringtail.loadgen.workload;

import java.util.List;

/**
 * A time to live that a share of the keys have.
 *
 * @param seconds at {@link WorkloadShape#STEPS_PER_SECOND}; 0 for ever
 */
public record Lifetime(double share, int seconds) {
    public static final List<Lifetime> FOR_EVER = List.of(new Lifetime(1, 0));

    public Lifetime {
        if (share <= 0 || share > 1 || seconds < 0) {
            throw new IllegalArgumentException("share=" + share + " seconds=" + seconds);
        }
    }

    static int seconds(List<Lifetime> all, double share) {
        double left = share;
        for (var lifetime : all) {
            left -= lifetime.share;
            if (left < 0) {
                return lifetime.seconds;
            }
        }
        return all.getLast().seconds;
    }
}
