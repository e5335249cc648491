package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.TextClient;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ringtail touch KEY TIME} */
@Command(name = "touch", description = "Gives a key another time to live; 0 is for ever.",
        synopsisHeading = "Usage: ", sortOptions = false)
final class TouchCommand extends OneKeyCommand {
    // @formatter:off
    @Parameters(index = "1", paramLabel = "TIME", converter = Durations.class,
            description = "60s, 5m, 2h, or seconds")
    private double ttl;
    // @formatter:on

    TouchCommand(Console console) {
        super(console);
    }

    /** {@code mg <key> T<ttl>} */
    @Override
    int ask(TextClient client, Key key) throws IOException {
        var line = client.ask("mg " + key.word() + " T" + Exptime.of(ttl) + key.flag());
        boolean touched = expect(line, "HD", "EN").equals("HD");
        if (json()) {
            printJson(key, "touched", touched);
        } else {
            print(key.typed() + (touched ? " touched" : " is not there"));
        }
        return touched ? 0 : CommandFailure.FAILED;
    }
}
