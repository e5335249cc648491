package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.TextClient;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code ringtail delete KEY...} */
@Command(name = "delete", description = "Deletes keys; the exit code is 1 where one was not there.",
        synopsisHeading = "Usage: ", sortOptions = false)
final class DeleteCommand extends KeysCommand {
    DeleteCommand(Console console) {
        super(console);
    }

    /** {@code md <key>} */
    @Override
    boolean ask(TextClient client, Key key) throws IOException {
        boolean deleted =
                expect(client.ask("md " + key.word() + key.flag()), "HD", "NF").equals("HD");
        if (json()) {
            printJson(key, "deleted", deleted);
        } else {
            print(key.typed() + (deleted ? " deleted" : " is not there"));
        }
        return deleted;
    }
}
