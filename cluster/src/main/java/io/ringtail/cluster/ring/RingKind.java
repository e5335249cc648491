package io.ringtail.cluster.ring;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How points and keys are placed on the ring. */
public enum RingKind {
    /** As libmemcached's weighted ketama. */
    KETAMA,
    /** As spymemcached's own ketama. */
    KETAMA_SPY,
    /** Ringtail's own: balances better and costs less, but no client knows it. */
    FAST;

    /** As settings spell it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Fails with IllegalArgumentException, whose message names the kinds that there are. */
    public static RingKind of(String text) {
        for (var kind : values()) {
            if (kind.text().equals(text.toLowerCase(Locale.ROOT))) {
                return kind;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is none of "
                + Arrays.stream(values()).map(RingKind::text).collect(Collectors.joining(", ")));
    }
}
