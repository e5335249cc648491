package io.ringtail.server.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

final class LoggersTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Clock clock =
            Clock.fixed(Instant.parse("2026-01-02T03:04:05.006Z"), ZoneOffset.UTC);

    private Loggers loggers() {
        return new Loggers(new PrintStream(out, true, StandardCharsets.UTF_8), clock);
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void writesLinesForPeople() {
        loggers().write("io.ringtail.server.Part", Level.WARN, "so it is", null);
        assertEquals("03:04:05.006 WARN Part: so it is\n", written());
    }

    @Test
    void writesTheStackBelow() {
        loggers().write("a.B", Level.ERROR, "no", new IllegalStateException("x=1"));
        assertTrue(
                written().startsWith("03:04:05.006 ERROR B: no\n"
                        + "  java.lang.IllegalStateException: x=1\n    at io.ringtail."),
                written());
    }

    @Test
    void writesAnObjectOnEachLine() {
        var loggers = loggers();
        loggers.useJson(true);
        loggers.write("a.B", Level.INFO, "a \"b\" \\ \n\t \u00e4 \ud83e", null);
        assertEquals(
                "{\"time\":\"2026-01-02T03:04:05.006Z\",\"level\":\"INFO\",\"logger\":\"a.B\","
                        + "\"message\":\"a \\\"b\\\" \\\\ \\n\\u0009 \u00e4 \\ud83e\"}\n",
                written());
    }

    @Test
    void keepsAStackOnItsLine() {
        var loggers = loggers();
        loggers.useJson(true);
        loggers.write("a.B", Level.ERROR, "no",
                new IllegalStateException("x=1", new IllegalArgumentException("y")));
        assertEquals(1, written().lines().count());
        assertTrue(
                written().contains(
                        "\"exception\":\"  java.lang.IllegalStateException: x=1\\n    at "),
                written());
        assertTrue(written().contains("  caused by java.lang.IllegalArgumentException: y\\n"));
    }
}
