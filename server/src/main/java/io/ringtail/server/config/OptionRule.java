package io.ringtail.server.config;

import org.jspecify.annotations.Nullable;

/** What becomes of a sub-option: its fate, its default, its values, and why it is refused. */
public record OptionRule(Fate fate, @Nullable String defaultText, ValueRule value, String reason) {
    static final String NO_PROXY = "Ringtail clusters itself instead of proxying; see --peers";
    static final String NO_EXTSTORE = "Ringtail keeps items in memory only, never on disk";

    /**
     * EFFECTIVE: does what it does in memcached. TUNING: of memcached's inner workings, accepted
     * with a line that says so. IDLE: does nothing in memcached either. REFUSED: cannot be had.
     */
    public enum Fate {
        EFFECTIVE, TUNING, IDLE, REFUSED
    }

    static OptionRule effective(@Nullable String defaultText, ValueRule value) {
        return new OptionRule(Fate.EFFECTIVE, defaultText, value, "");
    }

    static OptionRule tuning(@Nullable String defaultText, ValueRule value) {
        return new OptionRule(Fate.TUNING, defaultText, value, "");
    }

    static OptionRule idle(String defaultText, ValueRule value) {
        return new OptionRule(Fate.IDLE, defaultText, value, "");
    }

    static OptionRule refused(ValueRule value, String reason) {
        return new OptionRule(Fate.REFUSED, null, value, reason);
    }
}
