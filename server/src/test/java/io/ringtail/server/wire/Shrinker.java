package io.ringtail.server.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a failing script as short as it gets: drops runs of commands, long ones first, while it
 * still fails.
 */
final class Shrinker {
    private static final int MOST_ATTEMPTS = 400;

    private final Duel duel;
    private int attempts;

    Shrinker(Duel duel) {
        this.duel = duel;
    }

    Duel.Difference shrink(Duel.Difference found) {
        Duel.Difference smallest = found;
        int run = Math.max(1, found.script().commands().size() / 2);
        while (run >= 1 && attempts < MOST_ATTEMPTS) {
            Duel.Difference smaller = dropOne(smallest, run);
            if (smaller == null) {
                run /= 2;
            } else {
                smallest = smaller;
            }
        }
        return smallest;
    }

    private Duel.@Nullable Difference dropOne(Duel.Difference found, int run) {
        List<Command> commands = found.script().commands();
        for (int at = 0; at < commands.size() && attempts < MOST_ATTEMPTS; at += run) {
            List<Command> fewer = new ArrayList<>(commands.subList(0, at));
            fewer.addAll(commands.subList(Math.min(at + run, commands.size()), commands.size()));
            if (fewer.isEmpty()) {
                continue;
            }
            attempts++;
            Duel.Difference difference = duel.run(found.script().with(fewer));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }
}
