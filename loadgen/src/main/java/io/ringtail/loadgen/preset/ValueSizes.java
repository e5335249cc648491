package io.ringtail.loadgen.preset;

import java.util.List;

/** How long a key's value is: always the same for the same key. */
@FunctionalInterface
public interface ValueSizes {
    /** No value drawn from a distribution is longer. */
    int MAX_DRAWN = 16 << 20;

    /** The length for a key's well-mixed bits. */
    int bytes(long bits);

    static ValueSizes fixed(int bytes) {
        return bits -> bytes;
    }

    /** All lengths from one to the other, as often. */
    static ValueSizes uniform(int least, int most) {
        if (least > most) {
            throw new IllegalArgumentException("least=" + least + " most=" + most);
        }
        return bits -> least + (int) Math.unsignedMultiplyHigh(bits, most - least + 1L);
    }

    /** Some lengths, each as often as its weight says. */
    static ValueSizes weighted(List<Integer> sizes, List<Double> weights) {
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        if (sizes.size() != weights.size() || !(sum > 0)
                || weights.stream().anyMatch(it -> it < 0)) {
            throw new IllegalArgumentException("sizes=" + sizes + " weights=" + weights);
        }
        return bits -> {
            double left = share(bits) * sum;
            for (int i = 0; i < sizes.size() - 1; i++) {
                left -= weights.get(i);
                if (left < 0) {
                    return sizes.get(i);
                }
            }
            return sizes.getLast();
        };
    }

    /** Log-normal with this mean, {@code sigma} being the deviation of the logarithm. */
    static ValueSizes logNormal(int mean, double sigma) {
        if (!(sigma >= 0)) {
            throw new IllegalArgumentException("sigma=" + sigma);
        }
        double middle = Math.log(mean) - sigma * sigma / 2;
        return bits -> {
            double radius = Math.sqrt(-2 * Math.log(1 - share(bits)));
            double normal = radius * Math.cos(2 * Math.PI * share(Bits.mix(bits + 1)));
            return (int) Math.clamp(Math.round(Math.exp(middle + sigma * normal)), 1, MAX_DRAWN);
        };
    }

    private static double share(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }
}
