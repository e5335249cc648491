package io.ringtail.server.cli;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Where the command line writes to: results to {@code out}, everything else to {@code err}. */
record Terminal(PrintStream out, PrintStream err) {
    /** One line about a mistake or a doubt. */
    void complain(@Nullable String message) {
        err.println("ringtail: " + message);
    }
}
