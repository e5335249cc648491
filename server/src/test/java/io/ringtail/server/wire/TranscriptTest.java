package io.ringtail.server.wire;

import io.ringtail.server.config.NodeConfig.BindingProtocol;
import io.ringtail.server.live.MovableClock;
import io.ringtail.server.node.NodeWithoutNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All transcripts on a session in memory: whole, byte by byte, and in two parts cut at every byte.
 */
class TranscriptTest {
    /** Bytes of requests up to which a transcript is replayed once for each of them. */
    private static final int SMALL = 10_000;

    /** Bytes of requests beyond which a session would have to be read from meanwhile. */
    private static final int LARGE = 4 << 20;

    static List<Transcript> all() {
        return TranscriptReader.all()
                .stream()
                .filter(transcript -> transcript.sentBytes() < LARGE)
                .toList();
    }

    /** Those whose replies do not depend on what arrives together. */
    static List<Transcript> separable() {
        return all().stream().filter(transcript -> !transcript.whole()).toList();
    }

    static List<Transcript> small() {
        return separable().stream().filter(transcript -> transcript.sentBytes() < SMALL).toList();
    }

    private NodeWithoutNetwork node;

    private void start(Transcript transcript) {
        try {
            node = new NodeWithoutNetwork(NodeInProcess.config(transcript.options()),
                    new MovableClock());
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
        start(transcript);
        player(transcript).whole();
    }

    @ParameterizedTest
    @MethodSource("separable")
    void answersTheSameByteByByte(Transcript transcript) {
        start(transcript);
        player(transcript).byteByByte();
    }

    @ParameterizedTest
    @MethodSource("small")
    void answersTheSameInTwoParts(Transcript transcript) {
        start(transcript);
        player(transcript).splitEverywhere(() -> {
            stop();
            start(transcript);
        });
    }

    private TranscriptPlayer player(Transcript transcript) {
        return new TranscriptPlayer(transcript,
                () -> new SessionWire(node.sessions(), BindingProtocol.AUTO));
    }
}
