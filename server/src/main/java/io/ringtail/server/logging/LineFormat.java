package io.ringtail.server.logging;

import java.time.Clock;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** How one message looks on stderr, with its line end. */
enum LineFormat {
    /** For people: time, level, class, message, and the stack below it. */
    TEXT {
        @Override
        void write(StringBuilder line, Clock clock, String logger, Level level, String message) {
            line.append(LocalTime.now(clock).truncatedTo(ChronoUnit.MILLIS))
                    .append(' ')
                    .append(level)
                    .append(' ')
                    .append(logger, logger.lastIndexOf('.') + 1, logger.length())
                    .append(": ")
                    .append(message);
        }

        @Override
        void writeCause(StringBuilder line, @Nullable Throwable cause) {
            line.append('\n').append(stack(cause));
        }
    },
    /** For machines: an object on each line. */
    JSON {
        @Override
        void write(StringBuilder line, Clock clock, String logger, Level level, String message) {
            line.append("{\"time\":\"")
                    .append(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                    .append("\",\"level\":\"")
                    .append(level)
                    .append("\",\"logger\":");
            quote(line, logger);
            line.append(",\"message\":");
            quote(line, message);
        }

        @Override
        void writeCause(StringBuilder line, @Nullable Throwable cause) {
            if (cause != null) {
                line.append(",\"exception\":");
                quote(line, stack(cause));
            }
            line.append("}\n");
        }
    };

    abstract void write(StringBuilder line, Clock clock, String logger, Level level,
            String message);

    abstract void writeCause(StringBuilder line, @Nullable Throwable cause);

    private static String stack(@Nullable Throwable cause) {
        var text = new StringBuilder();
        for (var next = cause; next != null; next = next.getCause()) {
            text.append(next == cause ? "  " : "  caused by ").append(next).append('\n');
            for (var frame : next.getStackTrace()) {
                text.append("    at ").append(frame).append('\n');
            }
        }
        return text.toString();
    }

    private static void quote(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> line.append('\\').append(c);
                case '\n' -> line.append("\\n");
                default -> {
                    if (c < ' ' || Character.isSurrogate(c)) {
                        line.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
                    } else {
                        line.append(c);
                    }
                }
            }
        }
        line.append('"');
    }
}
