package io.ringtail.loadgen.preset;

import io.ringtail.loadgen.workload.Operation;
import java.util.ArrayList;
import java.util.List;

/** How often each operation is chosen, in parts of a hundred. Immutable. */
public final class Shares {
    private static final int ALL = 100;

    private final Operation[] byPart;

    private Shares(Operation[] byPart) {
        this.byPart = byPart;
    }

    static Shares of(Share... shares) {
        var parts = new ArrayList<Operation>();
        for (var share : List.of(shares)) {
            for (int i = 0; i < share.percent(); i++) {
                parts.add(share.operation());
            }
        }
        if (parts.size() != ALL) {
            throw new IllegalArgumentException("parts=" + parts.size());
        }
        return new Shares(parts.toArray(Operation[]::new));
    }

    record Share(Operation operation, int percent) {}

    static Share share(Operation operation, int percent) {
        return new Share(operation, percent);
    }

    /** The operation for a random number. */
    Operation of(long bits) {
        return byPart[(int) ((bits >>> 1) % ALL)];
    }
}
