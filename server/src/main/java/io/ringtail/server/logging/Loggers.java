package io.ringtail.server.logging;

import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** All loggers: what they let through, and how a line looks. Thread-safe. */
public final class Loggers implements ILoggerFactory {
    private static final String OWN = "io.ringtail.";

    private final PrintStream out;
    private final Clock clock;
    private final ConcurrentMap<String, Logger> byName = new ConcurrentHashMap<>();
    private volatile int verbosity;

    Loggers(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /**
     * memcached's -v: 0 lets warnings and errors through, 1 what happens once in a while, 2 what
     * happens on every connection, 3 inner steps, and what the libraries say.
     */
    public static void verbosity(int level) {
        if (LoggerFactory.getILoggerFactory() instanceof Loggers loggers) {
            loggers.verbosity = level;
        }
    }

    @Override
    public Logger getLogger(String name) {
        return byName.computeIfAbsent(name, it -> new LineLogger(it, this));
    }

    boolean lets(String name, Level level) {
        return level.toInt() >= lowest(name).toInt();
    }

    private Level lowest(String name) {
        if (!name.startsWith(OWN)) {
            return verbosity > 2 ? Level.DEBUG : Level.WARN;
        }
        return switch (verbosity) {
            case 0 -> Level.WARN;
            case 1 -> Level.INFO;
            case 2 -> Level.DEBUG;
            default -> Level.TRACE;
        };
    }

    void write(String name, Level level, String message, @Nullable Throwable cause) {
        var line = new StringBuilder(message.length() + 64);
        line.append(LocalTime.now(clock).truncatedTo(ChronoUnit.MILLIS))
                .append(' ')
                .append(level)
                .append(' ')
                .append(name, name.lastIndexOf('.') + 1, name.length())
                .append(": ")
                .append(message)
                .append('\n');
        for (var next = cause; next != null; next = next.getCause()) {
            line.append(next == cause ? "  " : "  caused by ").append(next).append('\n');
            for (var frame : next.getStackTrace()) {
                line.append("    at ").append(frame).append('\n');
            }
        }
        out.append(line);
        out.flush();
    }
}
