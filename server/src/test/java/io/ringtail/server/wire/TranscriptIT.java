package io.ringtail.server.wire;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All transcripts on a node, and those that are not newer on memcached 1.6.18 too. */
class TranscriptIT {
    /** Bytes of requests up to which a transcript is sent byte by byte. */
    private static final int SMALL = 3_000;

    static List<Transcript> all() {
        return TranscriptReader.all();
    }

    static List<Transcript> old() {
        return all().stream().filter(transcript -> !transcript.newer()).toList();
    }

    /**
     * Step by step: memcached holds an item while the reply to an earlier get waits, and counts in
     * another way then; and it drops waiting replies where a later get has too long a key.
     */
    @ParameterizedTest
    @MethodSource("old")
    void memcachedAnswersThis(Transcript transcript) {
        try (WireServer server = MemcachedProcess.start(steady(transcript))) {
            TranscriptPlayer player = new TranscriptPlayer(transcript, server::connect);
            if (transcript.whole()) {
                player.whole();
            } else {
                player.stepByStep();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void nodeAnswersThis(Transcript transcript) {
        replay(transcript, TranscriptPlayer::whole);
        if (!transcript.whole()) {
            replay(transcript, TranscriptPlayer::stepByStep);
        }
        if (!transcript.whole() && transcript.sentBytes() < SMALL) {
            replay(transcript, TranscriptPlayer::byteByByte);
        }
    }

    private static void replay(Transcript transcript, Consumer<TranscriptPlayer> how) {
        try (WireServer server = NodeInProcess.start(options(transcript))) {
            how.accept(new TranscriptPlayer(transcript, server::connect));
        }
    }

    private static String[] steady(Transcript transcript) {
        return Stream.concat(Stream.of(MemcachedProcess.STEADY), transcript.options().stream())
                .toArray(String[]::new);
    }

    private static String[] options(Transcript transcript) {
        return transcript.options().toArray(String[]::new);
    }
}
