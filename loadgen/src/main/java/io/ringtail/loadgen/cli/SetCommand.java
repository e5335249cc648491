package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.TextClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringtail set KEY VALUE} */
@Command(name = "set", description = "Stores a value.", synopsisHeading = "Usage: ",
        sortOptions = false)
final class SetCommand extends OneKeyCommand {
    private static final long MAX_TTL = 10L * 365 * 86_400;

    // @formatter:off
    @Parameters(index = "1", paramLabel = "VALUE", arity = "0..1", description = "the value")
    private @Nullable String value;

    @Option(names = "--file", paramLabel = "<file>", description = "store what this file holds")
    private @Nullable Path file;

    @Option(names = "--ttl", paramLabel = "<time>", converter = Durations.class,
            description = "how long it lives (default: for ever)")
    private double ttl;

    @Option(names = "--flags", paramLabel = "<n>", description = "the client flags (default: 0)")
    private long flags;
    // @formatter:on

    private byte[] bytes = {};

    SetCommand(Console console) {
        super(console);
    }

    @Override
    void validate() throws CommandFailure {
        super.validate();
        if ((value == null) == (file == null)) {
            throw CommandFailure.usage("set takes a VALUE or --file, and not both");
        }
        if (ttl > MAX_TTL) {
            throw CommandFailure.usage("--ttl: at most ten years");
        }
        if (flags < 0 || flags > 0xFFFF_FFFFL) {
            throw CommandFailure.usage("--flags: from 0 to 4294967295");
        }
        try {
            bytes = value != null ? value.getBytes(StandardCharsets.UTF_8)
                    : Files.readAllBytes(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw CommandFailure.usage("--file: cannot read " + file);
        }
    }

    /** {@code ms <key> <bytes> T<ttl> F<flags> [b]}: times may be longer than a month. */
    @Override
    int ask(TextClient client, Key key) throws IOException {
        var command = new ByteArrayOutputStream();
        command.writeBytes(("ms " + key.word() + " " + bytes.length + " T" + Exptime.of(ttl) + " F"
                + flags + key.flag() + "\r\n").getBytes(StandardCharsets.UTF_8));
        command.writeBytes(bytes);
        command.writeBytes(new byte[] {'\r', '\n'});
        client.send(command.toByteArray());
        boolean stored = expect(client.readLine(), "HD", "NS").equals("HD");
        if (json()) {
            printJson(key, "stored", stored);
        } else {
            print(stored ? "stored" : "not stored");
        }
        return stored ? 0 : CommandFailure.FAILED;
    }
}
