package io.ringtail.loadgen.preset;

import io.ringtail.loadgen.workload.Operation;
import io.ringtail.loadgen.workload.Step;
import io.ringtail.loadgen.workload.Workload;
import java.util.SplittableRandom;

/** Endless steps of a preset. Owner: one thread. */
public final class PresetWorkload implements Workload {
    /** Counters are keys of their own: no value may be counted up. */
    private static final long COUNTERS = 1L << 40;
    /** So are those of leases: what was loaded without a time to live would never be missed. */
    private static final long LEASED = 2L << 40;

    private final Shares shares;
    private final Popularity popularity;
    private final KeySpace space;
    private final SplittableRandom random;

    public PresetWorkload(Preset preset, Popularity popularity, KeySpace space, long seed) {
        this.shares = preset.shares();
        this.popularity = popularity;
        this.space = space;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public boolean next(Step step) {
        var operation = shares.of(random.nextLong());
        long key = popularity.next(random);
        step.set(operation, key | family(operation), space.keyBytes());
        step.setValue(space.sizes().bytes(Bits.mix(key)), space.ttlSeconds());
        return true;
    }

    private static long family(Operation operation) {
        return switch (operation) {
            case INCREMENT -> COUNTERS;
            case LEASED_READ -> LEASED;
            case READ, WRITE, DELETE, TOUCH -> 0;
        };
    }
}
