package io.ringtail.server.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The bytes of one command with its value, in which CAS uniques may be left open until it is sent.
 * Immutable.
 */
record Command(List<Part> parts, boolean isAlone) {
    /** A piece of a command. */
    sealed interface Part {}

    @SuppressWarnings("ArrayRecordComponent")
    record Literal(byte[] bytes) implements Part {}

    /**
     * The CAS unique that {@code key}'s item has when the command is sent, plus {@code offset}; in
     * binary 8 bytes.
     */
    @SuppressWarnings("ArrayRecordComponent")
    record CasOf(byte[] key, long offset, boolean binary) implements Part {}

    /** Puts a command together. */
    static final class Builder {
        private final List<Part> parts = new ArrayList<>();
        private final ByteArrayOutputStream literal = new ByteArrayOutputStream();

        Builder text(String text) {
            return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        Builder bytes(byte[] bytes) {
            literal.writeBytes(bytes);
            return this;
        }

        Builder cas(CasOf cas) {
            endLiteral();
            parts.add(cas);
            return this;
        }

        private void endLiteral() {
            if (literal.size() > 0) {
                parts.add(new Literal(literal.toByteArray()));
                literal.reset();
            }
        }

        Command build() {
            endLiteral();
            return new Command(List.copyOf(parts), false);
        }
    }

    static Command of(String text) {
        return new Builder().text(text).build();
    }

    static Command of(byte[] bytes) {
        return new Builder().bytes(bytes).build();
    }

    /**
     * The same command, sent only after all earlier ones were answered. Arithmetic needs that:
     * memcached pads a number that got shorter with spaces, unless an earlier reply still holds the
     * item.
     */
    Command alone() {
        return new Command(parts, true);
    }

    /** Whether all earlier commands must be answered before this one is sent. */
    boolean waits() {
        return isAlone || parts.stream().anyMatch(CasOf.class::isInstance);
    }

    /** The bytes to send, with {@code casOf} telling a key's present CAS unique. */
    byte[] render(ToLongFunction<byte[]> casOf) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Part part : parts) {
            switch (part) {
                case Literal(byte[] literal) -> bytes.writeBytes(literal);
                case CasOf(byte[] key, long offset, boolean binary) -> {
                    long cas = casOf.applyAsLong(key) + offset;
                    bytes.writeBytes(binary ? ByteBuffer.allocate(8).putLong(cas).array()
                            : Long.toUnsignedString(cas).getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(switch (part) {
                case Literal(byte[] bytes) -> Escapes.encode(bytes);
                case CasOf(byte[] key, long offset, _) -> "{cas of " + Escapes.encode(key)
                        + (offset == 0 ? "" : " + " + offset) + "}";
            });
        }
        return text.toString();
    }
}
