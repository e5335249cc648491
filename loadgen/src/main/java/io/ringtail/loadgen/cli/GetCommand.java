package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.TextClient;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code ringtail get KEY...} */
@Command(name = "get",
        description = "Prints the values of keys; the exit code is 1 where one misses.",
        synopsisHeading = "Usage: ", sortOptions = false)
final class GetCommand extends KeysCommand {
    GetCommand(Console console) {
        super(console);
    }

    @Override
    boolean ask(TextClient client, Key key) throws IOException {
        var item = Item.fetch(client, key);
        if (json()) {
            printJson(item.fields());
        } else if (item.found()) {
            printValue(item);
        } else {
            say(key.typed() + " is not there");
        }
        return item.found();
    }

    /** The bytes as they are; behind their key where there are several. */
    private void printValue(Item item) {
        if (keys() > 1) {
            console().out().print(item.key().typed() + "\t");
        }
        console().out().writeBytes(item.value());
        console().out().println();
    }
}
