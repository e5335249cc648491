package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.ErrorReplyException;
import io.ringtail.loadgen.client.ServerAddress;
import io.ringtail.loadgen.client.TextClient;
import io.ringtail.loadgen.report.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** A command that asks one server something. */
abstract class ServerCommand extends ConsoleCommand {
    private static final int MAX_KEY_BYTES = 250;
    private static final int TIMEOUT_MILLIS = 10_000;

    // @formatter:off
    @Option(names = {"-s", "--server"}, paramLabel = "<host:port>",
            defaultValue = "127.0.0.1:11211",
            description = "the server (default: 127.0.0.1:11211)")
    private String server = "127.0.0.1:11211";

    @Option(names = "--json", description = "print JSON, one object a line")
    private boolean json;
    // @formatter:on

    ServerCommand(Console console) {
        super(console);
    }

    @Override
    final int run() throws Exception {
        validate();
        var address = address();
        try (var client = TextClient.connect(address, TIMEOUT_MILLIS)) {
            int exitCode = ask(client);
            console().out().flush();
            return exitCode;
        } catch (ErrorReplyException e) {
            throw CommandFailure.failed(address + " says: " + e.getMessage());
        } catch (IOException e) {
            throw CommandFailure.unavailable(address + ": " + e.getMessage());
        }
    }

    private ServerAddress address() throws CommandFailure {
        try {
            return ServerAddress.parse(server);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--server: " + e.getMessage());
        }
    }

    /** Complains about arguments before anything is asked. */
    void validate() throws CommandFailure {
        // Most have nothing to complain about.
    }

    /** Asks, prints, and returns the exit code. */
    abstract int ask(TextClient client) throws IOException, CommandFailure;

    final boolean json() {
        return json;
    }

    final String server() {
        return server;
    }

    final void print(String line) {
        console().out().println(line);
    }

    final void printJson(Map<String, ?> object) {
        console().out().println(Json.of(object));
    }

    /** What became of a key. */
    final void printJson(String key, String what, boolean happened) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("key", key);
        fields.put(what, happened);
        printJson(fields);
    }

    static void checkKey(String key) throws CommandFailure {
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_KEY_BYTES) {
            throw CommandFailure.usage("a key has 1 to " + MAX_KEY_BYTES + " bytes, not " + bytes);
        }
        if (key.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
            throw CommandFailure.usage("a key has no blanks and no control characters");
        }
    }

    /** The answer where it is one of a command's own words; else it is an error. */
    static String expect(String line, String... words) throws ErrorReplyException {
        for (var word : words) {
            if (line.equals(word) || line.startsWith(word + " ")) {
                return word;
            }
        }
        throw new ErrorReplyException(line);
    }
}
