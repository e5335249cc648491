package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.ErrorReplyException;
import io.ringtail.loadgen.client.ServerAddress;
import io.ringtail.loadgen.client.TextClient;
import io.ringtail.loadgen.report.Json;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Option;

/** A command that asks one server something. */
abstract class ServerCommand extends ConsoleCommand {
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
            var line = String.valueOf(e.getMessage());
            throw CommandFailure.failed(
                    address + (line.equals("ERROR") ? " does not know that" : " says: " + line));
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

    /** What becomes one word of a command line. */
    static void checkWord(String word) throws CommandFailure {
        if (word.isEmpty() || word.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
            throw CommandFailure.usage("'" + word + "' is not one word");
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
