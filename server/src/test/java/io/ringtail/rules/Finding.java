package io.ringtail.rules;

/** A broken rule. {@code where} is a path, or a path and a method: {@code path#method}. */
record Finding(String rule, String where, int line, String message) {
    @Override
    public String toString() {
        return "%s (line %d): %s [%s]".formatted(where, line, message, rule);
    }
}
