package io.ringtail.server.wire;

import java.util.List;
import java.util.Random;

/** Commands of several kinds on one connection. */
final class MixedCommands implements CommandSource {
    private final List<CommandSource> sources;

    MixedCommands(CommandSource... sources) {
        this.sources = List.of(sources);
    }

    @Override
    public Dialect dialect() {
        return sources.getFirst().dialect();
    }

    @Override
    public Command next(Random random) {
        return sources.get(random.nextInt(sources.size())).next(random);
    }
}
