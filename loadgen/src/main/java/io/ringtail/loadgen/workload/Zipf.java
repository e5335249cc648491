package io.ringtail.loadgen.workload;

import java.util.SplittableRandom;

/**
 * Ranks from 1 to n, rank k with a probability in proportion to k to the power of -exponent: by
 * rejection-inversion (Hoermann and Derflinger, 1996), which needs no tables and rejects rarely.
 *
 * <p>An area under the curve x^-exponent is drawn evenly and turned into the x where it ends. The
 * nearest rank is taken if the area falls into that rank's own column, and else drawn again.
 * Immutable.
 */
public final class Zipf {
    /** Below this the quotients are replaced by the first terms of their series. */
    private static final double SMALL = 1e-8;

    private final long ranks;
    private final double exponent;
    private final double areaOfFirst;
    private final double areaOfAll;
    private final double alwaysWithin;

    public Zipf(long ranks, double exponent) {
        if (ranks < 1 || exponent < 0) {
            throw new IllegalArgumentException("ranks=" + ranks + " exponent=" + exponent);
        }
        this.ranks = ranks;
        this.exponent = exponent;
        this.areaOfFirst = area(1.5) - 1;
        this.areaOfAll = area(ranks + 0.5);
        this.alwaysWithin = 2 - end(area(2.5) - height(2));
    }

    public long next(SplittableRandom random) {
        while (true) {
            double area = areaOfAll + random.nextDouble() * (areaOfFirst - areaOfAll);
            double x = end(area);
            long rank = Math.clamp(Math.round(x), 1, ranks);
            if (rank - x <= alwaysWithin || area >= area(rank + 0.5) - height(rank)) {
                return rank;
            }
        }
    }

    private double height(double x) {
        return StrictMath.exp(-exponent * StrictMath.log(x));
    }

    /** The area from 1 to x: (x^(1-exponent) - 1) / (1-exponent), or log x. */
    private double area(double x) {
        double log = StrictMath.log(x);
        double power = (1 - exponent) * log;
        return Math.abs(power) < SMALL ? log * (1 + power / 2)
                : StrictMath.expm1(power) / power * log;
    }

    /** The x where an area ends. */
    private double end(double area) {
        double power = Math.max(-1, area * (1 - exponent));
        double log = Math.abs(power) < SMALL ? area * (1 - power / 2)
                : StrictMath.log1p(power) / power * area;
        return StrictMath.exp(log);
    }
}
