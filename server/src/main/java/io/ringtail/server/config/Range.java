package io.ringtail.server.config;

/** Whole numbers from {@code min} to {@code max}, both included. */
record Range(long min, long max) {
    Range {
        if (min > max) {
            throw new IllegalArgumentException("min=" + min + " max=" + max);
        }
    }

    boolean contains(long number) {
        return number >= min && number <= max;
    }

    @Override
    public String toString() {
        return max == Integer.MAX_VALUE || max == Long.MAX_VALUE ? min + " or more"
                : min + " to " + max;
    }
}
