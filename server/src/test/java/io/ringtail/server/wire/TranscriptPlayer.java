package io.ringtail.server.wire;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Replays a transcript and fails where a reply is another one. Steps are sent together as far as
 * what they send is known: a CAS unique must have been seen before.
 */
final class TranscriptPlayer {
    private static final int[] WHOLE = {};

    private final Transcript transcript;
    private final Supplier<Wire> connector;
    private boolean stepwise;
    private long startNanos;

    TranscriptPlayer(Transcript transcript, Supplier<Wire> connector) {
        this.transcript = transcript;
        this.connector = connector;
    }

    /** Sends each command only when the one before was answered. */
    void stepByStep() {
        stepwise = true;
        play(_ -> WHOLE);
        stepwise = false;
    }

    /** Sends the bytes of each batch whole. */
    void whole() {
        play(_ -> WHOLE);
    }

    void byteByByte() {
        play(bytes -> {
            int[] cuts = new int[bytes - 1];
            java.util.Arrays.setAll(cuts, i -> i + 1);
            return cuts;
        });
    }

    /** Replays once for each position, where the bytes are sent in two parts. */
    void splitEverywhere(Runnable before) {
        int longest = longestBatch();
        for (int at = 1; at < longest; at++) {
            int cut = at;
            before.run();
            play(bytes -> cut < bytes ? new int[] {cut} : WHOLE);
        }
    }

    private int longestBatch() {
        int[] longest = {0};
        play(bytes -> {
            longest[0] = Math.max(longest[0], bytes);
            return WHOLE;
        });
        return longest[0];
    }

    private void play(IntFunction<int[]> cuts) {
        startNanos = System.nanoTime();
        Map<String, Long> casUniques = new HashMap<>();
        int batch = 0;
        for (Transcript.Conversation conversation : transcript.conversations()) {
            try (Wire wire = connector.get()) {
                batch = play(conversation, wire, cuts, batch, casUniques);
            }
        }
    }

    private int play(Transcript.Conversation conversation, Wire wire, IntFunction<int[]> cuts,
            int firstBatch, Map<String, Long> casUniques) {
        List<Transcript.Step> steps = conversation.steps();
        int batch = firstBatch;
        for (int next = 0; next < steps.size(); batch++) {
            int end = next + 1;
            while (!stepwise && end < steps.size() && steps.get(end).sent().isKnown(casUniques)) {
                end++;
            }
            boolean last = end == steps.size() && conversation.closes();
            play(steps.subList(next, end), last,
                    new Exchange(conversation.dialect(), wire, cuts, casUniques, batch));
            next = end;
        }
        return batch;
    }

    /** What one batch is played with. */
    private record Exchange(Dialect dialect, Wire wire, IntFunction<int[]> cuts,
            Map<String, Long> casUniques, int sync) {}

    private void play(List<Transcript.Step> steps, boolean closes, Exchange exchange) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        Template.Builder expected = new Template.Builder();
        for (Transcript.Step step : steps) {
            sent.writeBytes(step.sent().render(exchange.casUniques));
            expected.append(step.expected());
        }
        byte[] bytes = sent.toByteArray();
        int[] cuts = exchange.cuts.apply(bytes.length);
        int from = exchange.wire.receivedBytes();
        byte[] replies = closes ? untilClosed(exchange.wire, bytes, cuts, from)
                : untilSynced(exchange, bytes, cuts, from);
        String mismatch = expected.build().mismatch(replies, exchange.casUniques, secondsApart());
        if (mismatch != null) {
            throw new AssertionError(transcript.name() + ": " + mismatch + "\nsent "
                    + Escapes.encode(bytes) + " in parts: " + (cuts.length + 1));
        }
    }

    /** A second begins some time after the start, and others pass on a slow machine. */
    private long secondsApart() {
        return 1 + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
    }

    private byte[] untilClosed(Wire wire, byte[] bytes, int[] cuts, int from) {
        wire.send(bytes, cuts);
        if (!wire.awaitClose()) {
            throw new AssertionError(transcript.name() + ": not closed, received "
                    + Escapes.encode(wire.received(from)));
        }
        return wire.received(from);
    }

    private byte[] untilSynced(Exchange exchange, byte[] bytes, int[] cuts, int from) {
        byte[] sync = exchange.dialect.plainSync(exchange.sync);
        byte[] synced = exchange.dialect.synced(exchange.sync);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(bytes);
        all.writeBytes(sync);
        exchange.wire.send(all.toByteArray(), cuts);
        if (!exchange.wire.awaitSuffix(from, synced, WireConnection.TIMEOUT_MILLIS)) {
            throw new AssertionError(transcript.name() + ": no end of the replies, received "
                    + Escapes.encode(exchange.wire.received(from)) + "\nsent "
                    + Escapes.encode(bytes) + " in parts: " + (cuts.length + 1));
        }
        byte[] replies = exchange.wire.received(from);
        return java.util.Arrays.copyOf(replies, replies.length - synced.length);
    }
}
