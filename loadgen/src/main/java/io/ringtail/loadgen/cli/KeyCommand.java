package io.ringtail.loadgen.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** A command about keys. */
abstract class KeyCommand extends ServerCommand {
    // @formatter:off
    @Option(names = "--encoded",
            description = "keys are percent-encoded, as dump and watch print them where they hold"
                    + " blanks or bytes that are no text")
    private boolean encoded;
    // @formatter:on

    KeyCommand(Console console) {
        super(console);
    }

    final Key key(String typed) throws CommandFailure {
        return encoded ? Key.encoded(typed) : Key.plain(typed);
    }

    /** A JSON object that begins with the key. */
    static Map<String, Object> fields(Key key) {
        var fields = new LinkedHashMap<String, Object>();
        key.into(fields);
        return fields;
    }

    /** What became of a key. */
    final void printJson(Key key, String what, boolean happened) {
        var fields = fields(key);
        fields.put(what, happened);
        printJson(fields);
    }
}
