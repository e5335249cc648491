package io.ringtail.server.logging;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** One logger; what it lets through and how it writes is the same for all. Immutable. */
final class LineLogger extends LegacyAbstractLogger {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Loggers loggers;

    LineLogger(String name, Loggers loggers) {
        this.name = name;
        this.loggers = loggers;
    }

    @Override
    public boolean isTraceEnabled() {
        return loggers.lets(name, Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return loggers.lets(name, Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return loggers.lets(name, Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return loggers.lets(name, Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return loggers.lets(name, Level.ERROR);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(Level level, @Nullable Marker marker,
            @Nullable String pattern, Object @Nullable [] arguments, @Nullable Throwable cause) {
        loggers.write(name, level, MessageFormatter.basicArrayFormat(String.valueOf(pattern),
                arguments == null ? new Object[0] : arguments), cause);
    }
}
