package io.ringtail.server.cli;

import io.ringtail.server.logging.Loggers;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Where the command line writes to: results to {@code out}, everything else to {@code err}. */
record Terminal(PrintStream out, PrintStream err) {
    /** One line about what happens. */
    void say(String message) {
        if (Loggers.isJson()) {
            LoggerFactory.getLogger(Terminal.class).info(message);
        } else {
            err.println(message);
        }
    }

    /** One line about a mistake or a doubt. */
    void complain(@Nullable String message) {
        if (Loggers.isJson()) {
            LoggerFactory.getLogger(Terminal.class).warn(String.valueOf(message));
        } else {
            err.println("ringtail: " + message);
        }
    }
}
