package io.ringtail.server.stats;

import io.ringtail.server.execution.AdminCommands.StatSink;

/**
 * Writes figures into a sink, each name behind the same prefix. Owner: the event loop that reports.
 */
final class Figures {
    private final StatSink sink;
    private final String prefix;

    Figures(StatSink sink) {
        this(sink, "");
    }

    private Figures(StatSink sink, String prefix) {
        this.sink = sink;
        this.prefix = prefix;
    }

    Figures behind(String morePrefix) {
        return new Figures(sink, prefix + morePrefix);
    }

    void text(String name, String value) {
        sink.stat(prefix + name, value);
    }

    /** A number, taken as unsigned. */
    void number(String name, long value) {
        text(name, Long.toUnsignedString(value));
    }

    void flag(String name, boolean value) {
        text(name, value ? "1" : "0");
    }
}
