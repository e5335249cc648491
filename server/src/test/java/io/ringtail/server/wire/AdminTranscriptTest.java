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

/** The transcripts of the administrative commands on a session in memory. */
final class AdminTranscriptTest {
    private NodeWithoutNetwork node;

    static List<Transcript> all() {
        return TranscriptReader.all()
                .stream()
                .filter(transcript -> transcript.name().startsWith("admin"))
                .toList();
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

    /** Those whose replies do not depend on what arrives together. */
    static List<Transcript> separable() {
        return all().stream()
                .filter(transcript -> !transcript.name().contains("pipelined"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("separable")
    void answersTheSameByteByByte(Transcript transcript) {
        player(transcript).byteByByte();
    }

    private TranscriptPlayer player(Transcript transcript) {
        return new TranscriptPlayer(transcript,
                () -> new SessionWire(node.sessions(), BindingProtocol.AUTO));
    }
}
