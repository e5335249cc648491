package io.ringtail.loadgen.workload;

import io.ringtail.loadgen.workload.Popularity.Change;
import java.util.SplittableRandom;

/**
 * Endless steps of a shape. Takes no memory: whatever is known of a key follows from its number.
 * Key numbers are kept apart by their highest bits: those of ranks, those asked for once, and those
 * of scans. Owner: one thread.
 */
final class SyntheticWorkload implements Workload {
    private static final int KIND_SHIFT = 44;
    private static final long NUMBER_MASK = (1L << KIND_SHIFT) - 1;
    private static final long ONCE = 1L << KIND_SHIFT;
    private static final long SCANNED = 2L << KIND_SHIFT;
    /** Keeps the numbers of a wave positive where it starts. */
    private static final long WAVE_START = 1L << KIND_SHIFT - 1;
    private static final int GENERATION_SHIFT = 28;

    private final WorkloadShape shape;
    private final Popularity popularity;
    private final Zipf zipf;
    private final SplittableRandom random;
    private final long salt;
    private long steps;

    SyntheticWorkload(WorkloadShape shape, long seed) {
        this.shape = shape;
        this.popularity = shape.popularity();
        this.zipf = new Zipf(popularity.keys(), popularity.exponent());
        this.random = new SplittableRandom(seed);
        this.salt = Mixing.mix(seed);
    }

    @Override
    public boolean next(Step step) {
        long inWalk = steps % popularity.scan().every();
        boolean scanning = inWalk < popularity.scan().keys();
        var operation = scanning ? Operation.READ : shape.mix().of(random.nextDouble());
        long key = scanning ? SCANNED | inWalk : nextKey();
        steps++;
        long bits = Mixing.mix(key ^ salt);
        step.set(operation, key, shape.sizes().keyBytes());
        step.setValue(shape.sizes().valueBytes(bits),
                Lifetime.seconds(shape.lifetimes(), Mixing.share(Mixing.mix(bits + 1))));
        return true;
    }

    private long nextKey() {
        if (popularity.once() > 0 && random.nextDouble() < popularity.once()) {
            return ONCE | steps;
        }
        long rank = zipf.next(random);
        var change = popularity.change();
        return switch (change.kind()) {
            case NONE -> rank;
            case WAVE -> wave(rank, change);
            case RENEWAL -> renewed(rank, change);
        };
    }

    /** Ranks lie on both sides of a crest that moves on. */
    private long wave(long rank, Change change) {
        long crest = (long) ((double) steps / change.steps() * popularity.keys());
        long distance = rank >>> 1;
        return WAVE_START + crest + ((rank & 1) == 0 ? distance : -distance) & NUMBER_MASK;
    }

    private long renewed(long rank, Change change) {
        long offset = Math.floorMod(Mixing.mix(rank ^ salt), change.steps());
        return rank | (steps + offset) / change.steps() << GENERATION_SHIFT;
    }
}
