package io.ringtail.server.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Bytes as text and back: printable ASCII stands for itself, {@code \r \n \t \\} and {@code \xHH}
 * for the rest. {@code \*N{text}} is the text N times.
 */
final class Escapes {
    private static final int LONGEST = 160;

    private Escapes() {}

    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The middle of long bytes is left out. */
    static String encode(byte[] bytes) {
        if (bytes.length <= LONGEST) {
            return encode(bytes, 0, bytes.length);
        }
        return encode(bytes, 0, LONGEST / 2) + "..(" + bytes.length + " bytes).."
                + encode(bytes, bytes.length - LONGEST / 2, bytes.length);
    }

    static String encode(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            int c = bytes[i] & 0xFF;
            switch (c) {
                case '\r' -> text.append("\\r");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\\' -> text.append("\\\\");
                default -> text.append(c < ' ' || c > '~' ? String.format("\\x%02x", c)
                        : String.valueOf((char) c));
            }
        }
        return text.toString();
    }

    static byte[] decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            i++;
            switch (text.charAt(i)) {
                case 'r' -> bytes.write('\r');
                case 'n' -> bytes.write('\n');
                case 't' -> bytes.write('\t');
                case '\\' -> bytes.write('\\');
                case 'x' -> {
                    bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
                    i += 2;
                }
                case '*' -> {
                    int open = text.indexOf('{', i);
                    int close = text.indexOf('}', open);
                    byte[] part = decode(text.substring(open + 1, close));
                    for (int n = Integer.parseInt(text.substring(i + 1, open)); n > 0; n--) {
                        bytes.writeBytes(part);
                    }
                    i = close;
                }
                default -> throw new IllegalArgumentException("unknown escape in " + text);
            }
        }
        return bytes.toByteArray();
    }
}
