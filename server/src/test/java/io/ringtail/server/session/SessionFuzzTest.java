package io.ringtail.server.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.config.NodeConfig.BindingProtocol;
import io.ringtail.server.config.Setting;
import io.ringtail.server.live.MovableClock;
import io.ringtail.server.node.NodeWithoutNetwork;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Arbitrary bytes from a client, executed on a real store. However they are cut, they are answered
 * the same, nothing fails, and in the end no memory is held.
 */
class SessionFuzzTest {
    /** Without CAS uniques, because those count on from one conversation to the next. */
    private static final NodeConfig WITHOUT_CAS = config("yes");
    private static final NodeConfig WITH_CAS = config("no");
    /** Replies that depend on the process, on the order of a dump, or on what is pipelined. */
    private static final Pattern VARYING =
            Pattern.compile("rusage_user|dump|watch", Pattern.CASE_INSENSITIVE);

    @FuzzTest(maxDuration = "2m")
    void answersAnyBytesHoweverTheyAreCut(byte[] input) throws IOException {
        long before = buffers();
        var whole = converse(WITHOUT_CAS, input, new int[0]);
        var cut = converse(WITHOUT_CAS, input, cuts(input));
        converse(WITH_CAS, input, new int[0]);
        assertEquals(before, buffers());
        boolean varying = VARYING.matcher(whole).find()
                || VARYING.matcher(new String(input, ISO_8859_1)).find();
        if (!varying) {
            assertEquals(whole, cut);
        }
        checkEnd(input, whole);
    }

    private static NodeConfig config(String casDisabled) {
        return NodeConfig.of(Map.of(Setting.DISABLE_CAS, casDisabled, Setting.MEMORY_LIMIT, "16",
                Setting.THREADS, "1"));
    }

    private static String converse(NodeConfig config, byte[] input, int[] cuts) throws IOException {
        try (var node = new NodeWithoutNetwork(config, new MovableClock());
                var session = new SessionProbe(node.sessions(), BindingProtocol.AUTO)) {
            int from = 0;
            for (int cut : cuts) {
                session.send(Arrays.copyOfRange(input, from, cut));
                from = cut;
            }
            session.send(Arrays.copyOfRange(input, from, input.length));
            return session.takeReceived() + (session.isClosed() ? "closed" : "");
        }
    }

    private static int[] cuts(byte[] input) {
        var random = new Random(Arrays.hashCode(input));
        return random.ints(8, 0, input.length + 1).sorted().toArray();
    }

    /** Lines end with their end. */
    private static void checkEnd(byte[] input, String replies) {
        boolean lines = input.length > 0 && (input[0] & 0xFF) != 0x80;
        if (lines && !replies.isEmpty()) {
            assertTrue(replies.endsWith("\r\n") || replies.endsWith("closed"), replies);
        }
    }

    private static long buffers() {
        return PooledByteBufAllocator.DEFAULT.metric()
                .directArenas()
                .stream()
                .mapToLong(PoolArenaMetric::numActiveAllocations)
                .sum();
    }
}
