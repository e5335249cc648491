package io.ringtail.loadgen.cli;

/** Times to live as memcached's protocol has them. */
final class Exptime {
    /** Beyond it memcached takes a number for seconds since 1970. */
    private static final long MONTH = 30L * 86_400;

    private Exptime() {}

    /** Whole seconds, at least one, from now or, where they are many, since 1970. */
    static long of(double seconds) {
        long whole = (long) Math.ceil(seconds);
        return whole <= MONTH ? whole : DateClock.seconds() + whole;
    }
}
