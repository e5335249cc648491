package io.ringtail.loadgen.exchange;

import io.ringtail.loadgen.stats.Measure;

/** The commands that are sent, each with the grammar of its line. */
public enum CommandKind {
    /** {@code get <key>*} */
    GET(Measure.GET),
    /** {@code mg <key> v} */
    META_GET(Measure.GET),
    /** {@code mg <key> v N<ttl>}: of all who miss, one is told to load the value. */
    LEASED_GET(Measure.GET),
    /** {@code set <key> 0 <ttl> <bytes>} and the value */
    SET(Measure.SET),
    /** {@code ms <key> <bytes> T<ttl>} and the value */
    META_SET(Measure.SET),
    /** {@code delete <key>} */
    DELETE(Measure.DELETE),
    /** {@code ma <key> N<ttl> J1 v}: counts up, from 1 where there is no counter */
    INCREMENT(Measure.INCREMENT),
    /** {@code touch <key> <ttl>} */
    TOUCH(Measure.TOUCH);

    private final Measure measure;

    CommandKind(Measure measure) {
        this.measure = measure;
    }

    public Measure measure() {
        return measure;
    }
}
