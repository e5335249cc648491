package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.TextClient;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ringtail stats [GROUP]} */
@Command(name = "stats", description = "Prints a server's statistics.", synopsisHeading = "Usage: ",
        sortOptions = false)
final class StatsCommand extends ServerCommand {
    // @formatter:off
    @Parameters(paramLabel = "GROUP", arity = "0..1",
            description = "settings, items, slabs, sizes, conns, ... (default: the general ones)")
    private @Nullable String group;
    // @formatter:on

    StatsCommand(Console console) {
        super(console);
    }

    @Override
    void validate() throws CommandFailure {
        if (group != null) {
            checkWord(group);
        }
    }

    @Override
    int ask(TextClient client) throws IOException {
        var stats = client.stats(group == null ? "" : group);
        if (json()) {
            printJson(stats);
            return 0;
        }
        int width = stats.keySet().stream().mapToInt(String::length).max().orElse(0);
        stats.forEach((name, value) -> print(name + " ".repeat(width - name.length() + 2) + value));
        return 0;
    }
}
