package io.ringtail.server.net;

import org.slf4j.Logger;

/** Counts what should never happen, and logs it at a bounded rate. Owner: an event loop. */
public final class Failures {
    private static final int LOGGED_PER_SECOND = 5;

    private long count;
    private int second;
    private int loggedInSecond;

    void second(int now) {
        if (now != second) {
            second = now;
            loggedInSecond = 0;
        }
    }

    public void report(Logger log, String where, Throwable cause) {
        count++;
        if (loggedInSecond++ < LOGGED_PER_SECOND) {
            log.error("{} failed: failures={}", where, count, cause);
        }
    }

    public long count() {
        return count;
    }
}
