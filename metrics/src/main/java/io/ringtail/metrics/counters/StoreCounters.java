package io.ringtail.metrics.counters;

/** Commands that store a value, and what came of them. Owner: as {@link LoopCounters}. */
public final class StoreCounters {
    /** What was asked for, under the text protocol's names. */
    public enum Command {
        SET, ADD, REPLACE, APPEND, PREPEND, CAS
    }

    public enum Result {
        STORED, NOT_STORED, EXISTS, NOT_FOUND, ERROR
    }

    private static final int RESULTS = 5;

    private final long[] counts = new long[Command.values().length * RESULTS];

    /** Counts one command. */
    public void count(Command command, Result result) {
        counts[command.ordinal() * RESULTS + result.ordinal()]++;
    }

    /** How many commands of this kind ended so. */
    public long of(Command command, Result result) {
        return counts[command.ordinal() * RESULTS + result.ordinal()];
    }

    void add(StoreCounters other, int sign) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += sign * other.counts[i];
        }
    }
}
