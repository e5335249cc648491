package io.ringtail.server.execution;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * memcached's clock: whole seconds since two seconds before the start, so that an exptime of 1 is
 * in the past. Immutable but for the clock behind it.
 */
public final class NodeClock {
    /** An exptime above this many seconds is a point in time. */
    public static final long MAX_RELATIVE_SECONDS = 30L * 24 * 60 * 60;

    private final Clock clock;
    private final long startedAt;

    public NodeClock(Clock clock) {
        this.clock = clock;
        this.startedAt = clock.millis() / 1000 - 2;
    }

    public int nowSeconds() {
        return (int) (clock.millis() / 1000 - startedAt);
    }

    /** Unix time in microseconds. */
    public long unixMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    /** Unix time of second 0 of this clock. */
    public long startedAt() {
        return startedAt;
    }

    /** The exptime a client gave, on this clock: 0 never, 1 already expired. */
    public int expiryOf(long exptime, int now) {
        if (exptime == 0) {
            return 0;
        }
        if (exptime < 0) {
            return 1;
        }
        if (exptime > MAX_RELATIVE_SECONDS) {
            return exptime <= startedAt ? 1 : saturated(exptime - startedAt);
        }
        return saturated(exptime + now);
    }

    private static int saturated(long seconds) {
        return (int) Math.min(seconds, Integer.MAX_VALUE);
    }
}
