package io.ringtail.server.execution;

/**
 * How long the turns of one event loop were, in CPU time of its thread: what came from the network
 * and the tasks behind it. Owner: that event loop; others may read and ask for a reset.
 */
public final class TurnTimes {
    private static final long MILLISECOND_NANOS = 1_000_000;

    private volatile boolean resetAsked;
    private long turns;
    private long longestNanos;
    private long longestTasksNanos;
    private long overOneMillisecond;
    private long overTwoMilliseconds;

    /** What was counted up to now. Times in nanoseconds. */
    public record Reading(long turns, long longestNanos, long longestTasksNanos,
            long overOneMillisecond, long overTwoMilliseconds) {
        public static final Reading NONE = new Reading(0, 0, 0, 0, 0);

        public Reading with(Reading other) {
            return new Reading(turns + other.turns, Math.max(longestNanos, other.longestNanos),
                    Math.max(longestTasksNanos, other.longestTasksNanos),
                    overOneMillisecond + other.overOneMillisecond,
                    overTwoMilliseconds + other.overTwoMilliseconds);
        }
    }

    /** Counts a turn; {@code tasksNanos} is the part of it that was not the network's. */
    public void turn(long networkNanos, long tasksNanos) {
        if (resetAsked) {
            clear();
        }
        long nanos = networkNanos + tasksNanos;
        turns++;
        longestNanos = Math.max(longestNanos, nanos);
        longestTasksNanos = Math.max(longestTasksNanos, tasksNanos);
        if (nanos > MILLISECOND_NANOS) {
            overOneMillisecond++;
        }
        if (nanos > 2 * MILLISECOND_NANOS) {
            overTwoMilliseconds++;
        }
    }

    private void clear() {
        turns = 0;
        longestNanos = 0;
        longestTasksNanos = 0;
        overOneMillisecond = 0;
        overTwoMilliseconds = 0;
        resetAsked = false;
    }

    public Reading read() {
        return resetAsked ? Reading.NONE
                : new Reading(turns, longestNanos, longestTasksNanos, overOneMillisecond,
                        overTwoMilliseconds);
    }

    /** Starts again at the next turn. */
    public void reset() {
        resetAsked = true;
    }
}
