package io.ringtail.server.wire;

import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.config.NodeConfig.BindingProtocol;
import io.ringtail.server.live.MovableClock;
import io.ringtail.server.node.NodeWithoutNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The transcripts of the text protocol, classic and meta, on a session in memory, cut in all ways.
 */
final class TextTranscriptTest {
    private static final int LONGEST_BATCH = 50_000;

    private NodeWithoutNetwork node;

    static List<Transcript> all() {
        return TranscriptReader.all()
                .stream()
                .filter(transcript -> transcript.name().matches("(text|meta)-.*"))
                .toList();
    }

    /** Those that are short enough to be sent again for each of their bytes. */
    static List<Transcript> small() {
        return all().stream().filter(transcript -> !transcript.name().contains("large")).toList();
    }

    @BeforeEach
    void start() {
        try {
            node = new NodeWithoutNetwork(NodeConfig.defaults(), new MovableClock());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @ParameterizedTest
    @MethodSource("all")
    void answersAsMemcachedDoes(Transcript transcript) {
        player(transcript).whole();
    }

    @ParameterizedTest
    @MethodSource("small")
    void answersTheSameByteByByte(Transcript transcript) {
        player(transcript).byteByByte();
    }

    @ParameterizedTest
    @MethodSource("small")
    void answersTheSameInTwoParts(Transcript transcript) {
        player(transcript).splitEverywhere(LONGEST_BATCH, () -> {
            stop();
            start();
        });
    }

    private TranscriptPlayer player(Transcript transcript) {
        return new TranscriptPlayer(transcript,
                () -> new SessionWire(node.sessions(), BindingProtocol.AUTO));
    }
}
