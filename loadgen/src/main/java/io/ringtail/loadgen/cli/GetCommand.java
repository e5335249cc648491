package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.TextClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ringtail get KEY...} */
@Command(name = "get",
        description = "Prints the values of keys; the exit code is 1 where one" + " misses.",
        synopsisHeading = "Usage: ", sortOptions = false)
final class GetCommand extends ServerCommand {
    // @formatter:off
    @Parameters(paramLabel = "KEY", arity = "1..*", description = "keys")
    private List<String> keys = new ArrayList<>();
    // @formatter:on

    GetCommand(Console console) {
        super(console);
    }

    @Override
    void validate() throws CommandFailure {
        for (var key : keys) {
            checkKey(key);
        }
    }

    @Override
    int ask(TextClient client) throws IOException {
        boolean missed = false;
        for (var key : keys) {
            var item = Item.fetch(client, key);
            missed |= !item.found();
            if (json()) {
                printJson(item.fields());
            } else if (item.found()) {
                printValue(item);
            } else {
                say(key + " is not there");
            }
        }
        return missed ? CommandFailure.FAILED : 0;
    }

    /** The bytes as they are; behind their key where there are several. */
    private void printValue(Item item) {
        if (keys.size() > 1) {
            console().out().print(item.key() + "\t");
        }
        console().out().writeBytes(item.value());
        console().out().println();
    }
}
