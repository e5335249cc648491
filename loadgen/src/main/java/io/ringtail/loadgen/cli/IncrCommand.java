package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.ErrorReplyException;
import io.ringtail.loadgen.client.TextClient;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringtail incr KEY [BY]} */
@Command(name = "incr",
        description = "Counts a number up, or down where BY is negative, and prints it.",
        synopsisHeading = "Usage: ", sortOptions = false)
final class IncrCommand extends OneKeyCommand {
    // @formatter:off
    @Parameters(index = "1", paramLabel = "BY", arity = "0..1", description = "default: 1")
    private long by = 1;

    @Option(names = "--initial", paramLabel = "<n>",
            description = "start with this number where there is none")
    private @Nullable Long initial;
    // @formatter:on

    IncrCommand(Console console) {
        super(console);
    }

    @Override
    void validate() throws CommandFailure {
        super.validate();
        if (initial != null && initial < 0) {
            throw CommandFailure.usage("--initial: a counter is never negative");
        }
    }

    /** {@code ma <key> MI|MD D<by> [N0 J<initial>] v [b]} */
    @Override
    int ask(TextClient client, Key key) throws IOException {
        var line = client.ask("ma " + key.word() + (by < 0 ? " MD D" : " MI D")
                + Long.toUnsignedString(Math.abs(by)) + (initial == null ? "" : " N0 J" + initial)
                + " v" + key.flag());
        if (line.equals("NF")) {
            say(key.typed() + " is not there");
            return CommandFailure.FAILED;
        }
        if (!line.startsWith("VA ")) {
            throw new ErrorReplyException(line);
        }
        var number = new String(client.readValue(Integer.parseInt(line.split(" ", -1)[1])),
                StandardCharsets.US_ASCII).strip();
        if (json()) {
            var fields = fields(key);
            fields.put("value", new BigInteger(number));
            printJson(fields);
        } else {
            print(number);
        }
        return 0;
    }
}
