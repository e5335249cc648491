package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.TextClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command that does the same to each of some keys; the exit code is 1 where one is not there. */
abstract class KeysCommand extends KeyCommand {
    // @formatter:off
    @Parameters(paramLabel = "KEY", arity = "1..*", description = "keys")
    private List<String> typed = new ArrayList<>();
    // @formatter:on

    private final List<Key> keys = new ArrayList<>();

    KeysCommand(Console console) {
        super(console);
    }

    @Override
    final void validate() throws CommandFailure {
        for (var key : typed) {
            keys.add(key(key));
        }
    }

    final int keys() {
        return keys.size();
    }

    @Override
    final int ask(TextClient client) throws IOException {
        boolean missed = false;
        for (var key : keys) {
            missed |= !ask(client, key);
        }
        return missed ? CommandFailure.FAILED : 0;
    }

    /** Whether the key was there. */
    abstract boolean ask(TextClient client, Key key) throws IOException;
}
