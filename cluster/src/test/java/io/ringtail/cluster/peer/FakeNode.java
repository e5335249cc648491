package io.ringtail.cluster.peer;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.memory.ValueStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers a command with itself in brackets, but for {@code silent}, {@code other}, {@code flush},
 * {@code long N} and {@code stream N}.
 */
final class FakeNode implements LocalNode {
    final List<String> executed = new ArrayList<>();
    long epoch = 7;
    boolean lastSameRing;

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public Outcome execute(int form, boolean sameRing, long address, int bytes, Output output) {
        var command = Memory.latin1(address, bytes);
        executed.add(command);
        lastSameRing = sameRing;
        var words = command.split(" ");
        switch (words[0]) {
            case "silent" -> {}
            case "other" -> { return Outcome.NOT_OWNER; }
            case "flush" -> { return Outcome.VIOLATION; }
            case "long" -> output.text(text(Integer.parseInt(words[1])));
            case "stream" -> {
                output.text("head ");
                output.stream(new TextStream(text(Integer.parseInt(words[1]))));
                output.text(" tail");
            }
            default -> output.text("[" + form + command + "]");
        }
        return Outcome.DONE;
    }

    static String text(int bytes) {
        var text = new StringBuilder(bytes);
        while (text.length() < bytes) {
            text.append((char) ('a' + text.length() * 7 % 26));
        }
        return text.toString();
    }

    /** A value of 1000-byte parts. */
    private static final class TextStream implements ValueStream {
        private static final int PART = 1000;
        private final java.lang.foreign.Arena arena = java.lang.foreign.Arena.ofShared();
        private final long address;
        private final int bytes;
        private int at;

        TextStream(String text) {
            bytes = text.length();
            address = arena.allocate(bytes).address();
            Memory.copyFrom(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), 0, address,
                    bytes);
        }

        @Override
        public long remaining() {
            return (long) bytes - at;
        }

        @Override
        public long partAddress() {
            return address + at;
        }

        @Override
        public int partBytes() {
            return Math.min(PART - at % PART, bytes - at);
        }

        @Override
        public void advance(int passed) {
            at += passed;
        }

        @Override
        public void close() {
            arena.close();
        }
    }
}
