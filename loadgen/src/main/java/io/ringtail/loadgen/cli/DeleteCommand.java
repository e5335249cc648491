package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.TextClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ringtail delete KEY...} */
@Command(name = "delete",
        description = "Deletes keys; the exit code is 1 where one was not" + " there.",
        synopsisHeading = "Usage: ", sortOptions = false)
final class DeleteCommand extends ServerCommand {
    // @formatter:off
    @Parameters(paramLabel = "KEY", arity = "1..*", description = "keys")
    private List<String> keys = new ArrayList<>();
    // @formatter:on

    DeleteCommand(Console console) {
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
            boolean deleted =
                    expect(client.ask("delete " + key), "DELETED", "NOT_FOUND").equals("DELETED");
            missed |= !deleted;
            if (json()) {
                printJson(key, "deleted", deleted);
            } else {
                print(key + (deleted ? " deleted" : " is not there"));
            }
        }
        return missed ? CommandFailure.FAILED : 0;
    }
}
