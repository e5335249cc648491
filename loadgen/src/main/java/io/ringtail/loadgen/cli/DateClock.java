package io.ringtail.loadgen.cli;

import java.util.concurrent.TimeUnit;

/** The time of day. */
final class DateClock {
    private DateClock() {}

    /** Since 1970. */
    static long seconds() {
        return TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    }
}
