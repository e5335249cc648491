package io.ringtail.server.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bytes with places that only a run fills: CAS uniques, clocks, anything. Immutable. */
record Template(List<Piece> pieces) {
    /** A piece of the bytes. */
    sealed interface Piece {}

    @SuppressWarnings("ArrayRecordComponent")
    record Literal(byte[] bytes) implements Piece {}

    /**
     * A CAS unique, in decimal or in 8 bytes; the same one wherever {@code name} is, any where it
     * is empty.
     */
    record Cas(String name, boolean binary) implements Piece {}

    /** Seconds, give or take what the clocks may be apart. */
    record Seconds(long about) implements Piece {}

    /** Decimal digits. */
    record Number() implements Piece {}

    /** Anything but line ends. */
    record Text() implements Piece {}

    static final class Builder {
        private final List<Piece> pieces = new ArrayList<>();
        private final ByteArrayOutputStream literal = new ByteArrayOutputStream();

        Builder bytes(byte[] bytes) {
            literal.writeBytes(bytes);
            return this;
        }

        Builder piece(Piece piece) {
            if (literal.size() > 0) {
                pieces.add(new Literal(literal.toByteArray()));
                literal.reset();
            }
            pieces.add(piece);
            return this;
        }

        Builder append(Template other) {
            for (Piece piece : other.pieces) {
                if (piece instanceof Literal(byte[] bytes)) {
                    bytes(bytes);
                } else {
                    piece(piece);
                }
            }
            return this;
        }

        Template build() {
            if (literal.size() > 0) {
                pieces.add(new Literal(literal.toByteArray()));
            }
            return new Template(List.copyOf(pieces));
        }
    }

    /** Text with escapes, and names in braces for what is open. */
    static Template parse(String text) {
        Builder template = new Builder();
        int at = 0;
        for (int open = brace(text, 0); open >= 0; open = brace(text, at)) {
            int close = text.indexOf('}', open);
            template.bytes(Escapes.decode(text.substring(at, open)));
            template.piece(piece(text.substring(open + 1, close)));
            at = close + 1;
        }
        return template.bytes(Escapes.decode(text.substring(at))).build();
    }

    /** The next brace that is not part of an escape; -1 where there is none. */
    private static int brace(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i = text.startsWith("\\*", i) ? text.indexOf('}', i) : i + 1;
            } else if (text.charAt(i) == '{') {
                return i;
            }
        }
        return -1;
    }

    static Piece piece(String name) {
        if (name.equals("cas") || name.startsWith("cas:")) {
            return new Cas(name.equals("cas") ? "" : name.substring(4), false);
        }
        if (name.startsWith("time:")) {
            return new Seconds(Long.parseLong(name.substring(5)));
        }
        return switch (name) {
            case "number" -> new Number();
            case "text" -> new Text();
            default -> throw new IllegalArgumentException("unknown place {" + name + "}");
        };
    }

    /** Whether bytes can be made without a CAS unique that is not among {@code known}. */
    boolean isKnown(Map<String, Long> known) {
        return pieces.stream()
                .allMatch(piece -> !(piece instanceof Cas(String name, _))
                        || known.containsKey(name));
    }

    /** How many bytes are the same in every run. */
    int literalBytes() {
        return pieces.stream()
                .mapToInt(piece -> piece instanceof Literal(byte[] bytes) ? bytes.length : 0)
                .sum();
    }

    byte[] render(Map<String, Long> casUniques) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Piece piece : pieces) {
            switch (piece) {
                case Literal(byte[] literal) -> bytes.writeBytes(literal);
                case Cas(String name, boolean binary) -> bytes.writeBytes(
                        binary ? ByteBuffer.allocate(8).putLong(casUniques.get(name)).array()
                                : ascii(Long.toUnsignedString(casUniques.get(name))));
                default -> throw new IllegalStateException("cannot be sent: " + piece);
            }
        }
        return bytes.toByteArray();
    }

    /**
     * Null where {@code replies} fit, else how they do not; times may be {@code secondsApart} from
     * what is expected. New CAS uniques are added to {@code casUniques}.
     */
    @Nullable
    String mismatch(byte[] replies, Map<String, Long> casUniques, long secondsApart) {
        int at = 0;
        for (Piece piece : pieces) {
            int end =
                    piece instanceof Seconds(long about) ? seconds(about, replies, at, secondsApart)
                            : matchEnd(piece, replies, at, casUniques);
            if (end < 0) {
                return describe(piece, replies, at);
            }
            at = end;
        }
        return at == replies.length ? null
                : "more than expected: "
                        + Escapes.encode(Arrays.copyOfRange(replies, at, replies.length));
    }

    private static int matchEnd(Piece piece, byte[] replies, int at, Map<String, Long> casUniques) {
        return switch (piece) {
            case Literal(byte[] bytes) -> at + bytes.length <= replies.length
                    && Arrays.equals(bytes, 0, bytes.length, replies, at, at + bytes.length)
                            ? at + bytes.length
                            : -1;
            case Cas(String name, boolean binary) ->
                    binary ? binaryCas(name, replies, at, casUniques)
                            : textCas(name, replies, at, casUniques);
            case Seconds _ -> throw new IllegalStateException("matched with the clock");
            case Number() -> digits(replies, at);
            case Text() -> line(replies, at);
        };
    }

    private static int binaryCas(String name, byte[] replies, int at,
            Map<String, Long> casUniques) {
        if (at + Long.BYTES > replies.length) {
            return -1;
        }
        long cas = ByteBuffer.wrap(replies, at, Long.BYTES).getLong();
        return sameCas(name, cas, casUniques) ? at + Long.BYTES : -1;
    }

    private static int textCas(String name, byte[] replies, int at, Map<String, Long> casUniques) {
        int end = digits(replies, at);
        return end > 0
                && sameCas(name, Long.parseUnsignedLong(string(replies, at, end)), casUniques) ? end
                        : -1;
    }

    private static boolean sameCas(String name, long cas, Map<String, Long> casUniques) {
        if (name.isEmpty()) {
            return cas != 0;
        }
        Long known = casUniques.putIfAbsent(name, cas);
        return cas != 0 && (known == null || known == cas);
    }

    private static int seconds(long about, byte[] replies, int at, long apart) {
        int start = at < replies.length && replies[at] == '-' ? at + 1 : at;
        int end = digits(replies, start);
        return end > 0 && Math.abs(Long.parseLong(string(replies, at, end)) - about) <= apart ? end
                : -1;
    }

    private static int digits(byte[] replies, int at) {
        int end = at;
        while (end < replies.length && replies[end] >= '0' && replies[end] <= '9') {
            end++;
        }
        return end > at ? end : -1;
    }

    private static int line(byte[] replies, int at) {
        int end = at;
        while (end < replies.length && replies[end] != '\r' && replies[end] != '\n') {
            end++;
        }
        return end;
    }

    private static String string(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String describe(Piece piece, byte[] replies, int at) {
        if (!(piece instanceof Literal(byte[] bytes))) {
            return "expected " + piece + ", got " + around(replies, at);
        }
        int same = Arrays.mismatch(bytes, 0, bytes.length, replies, at, replies.length);
        return "expected " + around(bytes, same) + "\n     got " + around(replies, at + same);
    }

    private static String around(byte[] bytes, int at) {
        return Escapes.encode(bytes, Math.max(0, at - 80), at) + " [[here]] "
                + Escapes.encode(bytes, at, Math.min(bytes.length, at + 80));
    }
}
