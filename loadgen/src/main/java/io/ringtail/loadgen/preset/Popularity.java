package io.ringtail.loadgen.preset;

import io.ringtail.loadgen.workload.Zipf;
import java.util.SplittableRandom;

/** Which of the keys is asked for. */
@FunctionalInterface
public interface Popularity {
    /** A number below the number of keys. */
    long next(SplittableRandom random);

    static Popularity uniform(long keys) {
        return random -> Math.unsignedMultiplyHigh(random.nextLong(), keys);
    }

    /** {@code share} of the requests go to the first {@code hot} keys. */
    static Popularity hot(long keys, long hot, double share) {
        var among = uniform(Math.min(hot, keys));
        var all = uniform(keys);
        return random -> (random.nextDouble() < share ? among : all).next(random);
    }

    /** By Zipf's law; the popular keys lie anywhere among all. */
    static Popularity zipf(long keys, double exponent) {
        var ranks = new Zipf(keys, exponent);
        return random -> Long.remainderUnsigned(Bits.mix(ranks.next(random)), keys);
    }
}
