package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.ErrorReplyException;
import io.ringtail.loadgen.client.TextClient;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ringtail dump} */
@Command(name = "dump",
        description = "Lists the keys that a server holds, with what it knows of them.",
        synopsisHeading = "Usage: ", sortOptions = false)
final class DumpCommand extends ServerCommand {
    private static final long FOR_EVER = -1;

    // @formatter:off
    @Option(names = {"-n", "--count"}, paramLabel = "<n>", description = "stop after n keys")
    private long count = Long.MAX_VALUE;
    // @formatter:on

    DumpCommand(Console console) {
        super(console);
    }

    /** {@code lru_crawler metadump all}: sometimes OK, then lines of pairs, then END. */
    @Override
    int ask(TextClient client) throws IOException {
        var line = client.ask("lru_crawler metadump all");
        if (line.equals("OK")) {
            line = client.readLine();
        }
        if (!json()) {
            print(row("SIZE", "TTL", "IDLE", "READ", "KEY"));
        }
        for (long i = 0; i < count && !line.equals("END"); i++) {
            if (!line.startsWith("key=")) {
                throw new ErrorReplyException(line);
            }
            var pairs = Pairs.of(line);
            if (json()) {
                printJson(pairs);
            } else {
                print(row(pairs));
            }
            line = client.readLine();
        }
        return 0;
    }

    private static String row(Map<String, Object> pairs) {
        long now = DateClock.seconds();
        long exp = number(pairs, "exp", FOR_EVER);
        long la = number(pairs, "la", now);
        return row(String.valueOf(pairs.getOrDefault("size", "")),
                exp == FOR_EVER ? "-" : (exp - now) + " s", Math.max(0, now - la) + " s",
                String.valueOf(pairs.getOrDefault("fetch", "")),
                String.valueOf(pairs.getOrDefault("key", pairs.get(Pairs.ENCODED))));
    }

    private static long number(Map<String, Object> pairs, String name, long otherwise) {
        return pairs.get(name) instanceof Long number ? number : otherwise;
    }

    private static String row(String size, String ttl, String idle, String read, String key) {
        return String.format(Locale.ROOT, "%10s %12s %10s %4s  %s", size, ttl, idle, read, key);
    }
}
