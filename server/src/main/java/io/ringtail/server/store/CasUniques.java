package io.ringtail.server.store;

/**
 * The CAS uniques of one shard: each larger than all it gave before, and none that another shard
 * gives. A record needs four bytes for its own, the difference to what was current when its segment
 * was opened, counted in steps of this shard. What is further away than that, because the segment
 * is old or the client chose it, takes eight bytes as it is. Owner: shard lock.
 */
final class CasUniques {
    /** A segment whose base is this many steps old gets wide ones only. */
    private static final long NEAR_STEPS = 1L << 30;

    private final int shift;
    private long current;

    CasUniques(int shards, int shard) {
        this.shift = Integer.numberOfTrailingZeros(shards);
        this.current = shard;
    }

    long next() {
        current += 1L << shift;
        return current;
    }

    /** The last one given: the base of a segment that is opened now. */
    long current() {
        return current;
    }

    /** Goes on {@code steps} later. */
    void skip(long steps) {
        current += steps << shift;
    }

    /** Whether the next ones can be stored narrow in a segment. */
    boolean isNear(long base) {
        return current - base >> shift < NEAR_STEPS;
    }

    boolean fits(long cas, long base) {
        long difference = cas - base;
        long steps = difference >> shift;
        return steps == (int) steps && steps << shift == difference;
    }

    int narrow(long cas, long base) {
        return (int) (cas - base >> shift);
    }

    static long wide(int narrow, long base, int shift) {
        return base + ((long) narrow << shift);
    }
}
