package io.ringtail.server.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws random commands of one kind: mostly valid ones, some odd, some malformed. */
interface CommandSource {
    Dialect dialect();

    Command next(Random random);

    /** A script of {@code seed}; the same for the same seed. */
    default Script script(long seed) {
        Random random = new Random(seed);
        List<Command> commands = new ArrayList<>();
        for (int left = 5 + random.nextInt(60); left > 0; left--) {
            commands.add(next(random));
        }
        return new Script(dialect(), List.copyOf(commands), random.nextLong());
    }
}
