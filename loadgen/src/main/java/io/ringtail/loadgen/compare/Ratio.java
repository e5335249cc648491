package io.ringtail.loadgen.compare;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What B's figure is over A's: the median over pairs of neighbouring rounds, and an interval that
 * holds the true median in 95 of 100 cases, from drawing the pairs again and again (bootstrap).
 * With few rounds the interval is that of the pairs themselves.
 *
 * @param a the median of A's rounds
 * @param b the median of B's rounds
 */
public record Ratio(double a, double b, double median, double low, double high) {
    private static final int DRAWS = 4_000;
    private static final double TAIL = 0.025;

    /** Pairs that were measured one after the other. */
    public static Ratio of(List<Double> a, List<Double> b, long seed) {
        if (a.size() != b.size() || a.isEmpty()) {
            throw new IllegalArgumentException("a=" + a.size() + " b=" + b.size());
        }
        var ratios = new double[a.size()];
        Arrays.setAll(ratios, i -> a.get(i) == 0 ? Double.NaN : b.get(i) / a.get(i));
        var medians = drawn(ratios, new SplittableRandom(seed));
        return new Ratio(median(values(a)), median(values(b)), median(ratios.clone()),
                medians[(int) (TAIL * DRAWS)], medians[(int) ((1 - TAIL) * DRAWS)]);
    }

    private static double[] values(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] drawn(double[] ratios, SplittableRandom random) {
        var medians = new double[DRAWS];
        var draw = new double[ratios.length];
        for (int i = 0; i < DRAWS; i++) {
            Arrays.setAll(draw, at -> ratios[random.nextInt(ratios.length)]);
            medians[i] = median(draw);
        }
        Arrays.sort(medians);
        return medians;
    }

    /** Sorts its argument. */
    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
