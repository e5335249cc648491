package io.ringtail.server.wire;

import java.util.List;

/**
 * Commands for one connection, and the seed of the places where their bytes are split. Immutable.
 */
record Script(Dialect dialect, List<Command> commands, long splitSeed) {
    Script with(List<Command> others) {
        return new Script(dialect, List.copyOf(others), splitSeed);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(dialect + ", split seed " + splitSeed + "\n");
        for (Command command : commands) {
            text.append("  > ").append(command).append('\n');
        }
        return text.toString();
    }
}
