package io.ringtail.loadgen.workload;

/** What a number decides: well-mixed bits, even shares and normal deviates. */
final class Mixing {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1p-53;
    private static final int FRACTION_SHIFT = 11;

    private Mixing() {}

    /** A bijection of all longs (the finalizer of SplitMix64). */
    static long mix(long value) {
        long z = value + GOLDEN;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Evenly spread over [0, 1). */
    static double share(long bits) {
        return (bits >>> FRACTION_SHIFT) * UNIT;
    }

    /** Normal with mean 0 and deviation 1, by the method of Box and Muller. */
    static double normal(long bits) {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - share(bits)));
        return radius * StrictMath.cos(2 * Math.PI * share(mix(bits)));
    }
}
