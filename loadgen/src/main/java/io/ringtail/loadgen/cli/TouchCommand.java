package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.TextClient;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ringtail touch KEY TIME} */
@Command(name = "touch", description = "Gives a key another time to live; 0 is for ever.",
        synopsisHeading = "Usage: ", sortOptions = false)
final class TouchCommand extends ServerCommand {
    // @formatter:off
    @Parameters(index = "0", paramLabel = "KEY", description = "the key")
    private String key = "";

    @Parameters(index = "1", paramLabel = "TIME", converter = Durations.class,
            description = "60s, 5m, 2h, or seconds")
    private double ttl;
    // @formatter:on

    TouchCommand(Console console) {
        super(console);
    }

    @Override
    void validate() throws CommandFailure {
        checkKey(key);
    }

    @Override
    int ask(TextClient client) throws IOException {
        boolean touched =
                expect(client.ask("touch " + key + " " + Exptime.of(ttl)), "TOUCHED", "NOT_FOUND")
                        .equals("TOUCHED");
        if (json()) {
            printJson(key, "touched", touched);
        } else {
            print(key + (touched ? " touched" : " is not there"));
        }
        return touched ? 0 : CommandFailure.FAILED;
    }
}
