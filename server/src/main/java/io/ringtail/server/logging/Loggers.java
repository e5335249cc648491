package io.ringtail.server.logging;

import java.io.PrintStream;
import java.time.Clock;
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
    private volatile LineFormat format = LineFormat.TEXT;

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

    /** Whether each line is a JSON object; otherwise it is for people. */
    public static void json(boolean json) {
        if (LoggerFactory.getILoggerFactory() instanceof Loggers loggers) {
            loggers.useJson(json);
        }
    }

    void useJson(boolean json) {
        format = json ? LineFormat.JSON : LineFormat.TEXT;
    }

    public static boolean isJson() {
        return LoggerFactory.getILoggerFactory() instanceof Loggers loggers
                && loggers.format == LineFormat.JSON;
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
        format.write(line, clock, name, level, message);
        format.writeCause(line, cause);
        out.append(line);
        out.flush();
    }
}
