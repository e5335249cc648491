package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.TextClient;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringtail watch [WHAT...]} */
@Command(name = "watch", description = "Prints what happens in a server, until Ctrl-C.",
        synopsisHeading = "Usage: ", sortOptions = false)
final class WatchCommand extends ServerCommand {
    // @formatter:off
    @Parameters(paramLabel = "WHAT", arity = "0..*",
            description = "fetchers, mutations, evictions, connevents, deletions, ..."
                    + " (default: fetchers)")
    private List<String> what = new ArrayList<>();

    @Option(names = {"-n", "--count"}, paramLabel = "<n>", description = "stop after n lines")
    private long count = Long.MAX_VALUE;
    // @formatter:on

    WatchCommand(Console console) {
        super(console);
    }

    @Override
    void validate() throws CommandFailure {
        for (var word : what) {
            checkWord(word);
        }
    }

    @Override
    int ask(TextClient client) throws IOException {
        var words = what.isEmpty() ? "" : " " + String.join(" ", what);
        expect(client.ask("watch" + words), "OK");
        client.waitForEver();
        try (var interrupt = new Interrupt(client::interrupt)) {
            for (long i = 0; i < count; i++) {
                printLine(client.readLine());
            }
        } catch (SocketException | EOFException e) {
            if (!client.isInterrupted()) {
                throw e;
            }
        }
        return 0;
    }

    private void printLine(String line) {
        if (json()) {
            printJson(Pairs.of(line));
        } else {
            print(line);
        }
        console().out().flush();
    }
}
