package io.ringtail.server.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads transcripts. */
final class TranscriptReader {
    private static final byte[] LINE_END = {'\r', '\n'};

    private final List<Transcript.Conversation> conversations = new ArrayList<>();
    private final List<Transcript.Step> steps = new ArrayList<>();
    private List<String> options = List.of();
    private boolean newer;
    private boolean whole;
    private boolean binary;
    private Template.Builder sent = new Template.Builder();
    private Template.Builder expected = new Template.Builder();
    private boolean expecting;

    private TranscriptReader() {}

    /** All transcripts, in the order of their names. */
    static List<Transcript> all() {
        try (Stream<Path> files = Files.list(directory())) {
            return files.sorted().map(TranscriptReader::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path directory() {
        try {
            return Path
                    .of(Objects.requireNonNull(TranscriptReader.class.getResource("/transcripts"))
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Transcript read(Path file) {
        TranscriptReader reader = new TranscriptReader();
        int number = 0;
        try {
            for (String line : Files.readAllLines(file)) {
                number++;
                reader.line(line);
            }
            reader.endConversation(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(file.getFileName() + ":" + number, e);
        }
        return new Transcript(file.getFileName().toString(), reader.newer, reader.whole,
                reader.options, List.copyOf(reader.conversations));
    }

    private void line(String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        switch (line.charAt(0)) {
            case '>' -> send(line.substring(1));
            case '<' -> expect(line.substring(1));
            case '@' -> directive(line.substring(1).strip());
            case '=' -> endConversation(line.substring(1).strip().equals("closed"));
            default -> throw new IllegalArgumentException(line);
        }
    }

    private void directive(String directive) {
        if (directive.equals("newer")) {
            newer = true;
        } else if (directive.equals("whole")) {
            whole = true;
        } else if (directive.startsWith("options ")) {
            options = List.of(directive.substring("options ".length()).split(" ", -1));
        } else {
            throw new IllegalArgumentException(directive);
        }
    }

    private void send(String text) {
        if (expecting) {
            endStep();
        }
        sent.append(bytes(text, true));
    }

    private void expect(String text) {
        expecting = true;
        expected.append(bytes(text, false));
    }

    private Template bytes(String text, boolean request) {
        if (text.startsWith("b ")) {
            binary = true;
            return request ? BinaryNotation.request(text.substring(2))
                    : BinaryNotation.reply(text.substring(2));
        }
        if (text.startsWith("| ")) {
            return Template.parse(text.substring(2));
        }
        return new Template.Builder()
                .append(Template.parse(text.isEmpty() ? "" : text.substring(1)))
                .bytes(LINE_END)
                .build();
    }

    private void endStep() {
        Template what = sent.build();
        if (!what.pieces().isEmpty()) {
            steps.add(new Transcript.Step(what, expected.build()));
        }
        sent = new Template.Builder();
        expected = new Template.Builder();
        expecting = false;
    }

    private void endConversation(boolean closes) {
        endStep();
        if (!steps.isEmpty()) {
            conversations.add(new Transcript.Conversation(binary ? Dialect.BINARY : Dialect.TEXT,
                    List.copyOf(steps), closes));
        }
        steps.clear();
        binary = false;
    }
}
