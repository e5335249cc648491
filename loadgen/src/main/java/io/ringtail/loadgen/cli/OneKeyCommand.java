package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.TextClient;
import java.io.IOException;
import picocli.CommandLine.Parameters;

/** A command whose first word is a key. */
abstract class OneKeyCommand extends KeyCommand {
    // @formatter:off
    @Parameters(index = "0", paramLabel = "KEY", description = "the key")
    private String typed = "";
    // @formatter:on

    private Key key = Key.NONE;

    OneKeyCommand(Console console) {
        super(console);
    }

    @Override
    void validate() throws CommandFailure {
        key = key(typed);
    }

    @Override
    final int ask(TextClient client) throws IOException {
        return ask(client, key);
    }

    /** Returns the exit code. */
    abstract int ask(TextClient client, Key key) throws IOException;
}
