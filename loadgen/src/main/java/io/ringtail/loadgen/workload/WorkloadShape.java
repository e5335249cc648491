package io.ringtail.loadgen.workload;

import java.util.List;

/**
 * What a synthetic workload is like.
 *
 * @param name as it is asked for
 * @param source the published figures it is shaped on
 */
public record WorkloadShape(String name, String source, Popularity popularity, Mix mix, Sizes sizes,
        List<Lifetime> lifetimes) {
    /** Steps in a second of a workload's own time, which times to live are counted in. */
    public static final long STEPS_PER_SECOND = 100_000;

    public WorkloadShape {
        lifetimes = List.copyOf(lifetimes);
        double shares = lifetimes.stream().mapToDouble(Lifetime::share).sum();
        if (Math.abs(shares - 1) > 1e-9) {
            throw new IllegalArgumentException("name=" + name + " shares of lifetimes=" + shares);
        }
    }

    /** The same steps for the same seed. */
    public Workload start(long seed) {
        return new SyntheticWorkload(this, seed);
    }

    /** The same with fewer keys, for a cache that is as many times smaller. */
    public WorkloadShape dividedBy(int divisor) {
        return new WorkloadShape(name, source, popularity.dividedBy(divisor), mix, sizes,
                lifetimes);
    }

    public boolean expires() {
        return lifetimes.stream().anyMatch(lifetime -> lifetime.seconds() > 0);
    }
}
