package io.ringtail.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Percent-encoding, into the bytes that were meant: keys and values are no text. Stateless. */
final class PercentCode {
    private PercentCode() {}

    /** Decodes part of a path. */
    static byte[] path(String text, int from) throws RefusedException {
        return decode(text.substring(from).getBytes(StandardCharsets.UTF_8), false);
    }

    /** Decodes {@code name=value&...}; of several fields of a name the first counts. */
    static Map<String, byte[]> form(byte[] text) throws RefusedException {
        var fields = new LinkedHashMap<String, byte[]>();
        for (int at = 0; at <= text.length;) {
            int end = indexOf(text, '&', at, text.length);
            if (end > at) {
                int equals = indexOf(text, '=', at, end);
                var name = decode(Arrays.copyOfRange(text, at, equals), true);
                var value = equals == end ? new byte[0]
                        : decode(Arrays.copyOfRange(text, equals + 1, end), true);
                fields.putIfAbsent(new String(name, StandardCharsets.UTF_8), value);
            }
            at = end + 1;
        }
        return fields;
    }

    static Map<String, byte[]> form(@Nullable String query) throws RefusedException {
        return query == null ? Map.of() : form(query.getBytes(StandardCharsets.UTF_8));
    }

    /** The first index of {@code c}; {@code to} where there is none. */
    private static int indexOf(byte[] text, char c, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == c) {
                return i;
            }
        }
        return to;
    }

    private static byte[] decode(byte[] text, boolean plusIsSpace) throws RefusedException {
        int length = 0;
        for (int i = 0; i < text.length; i++) {
            byte c = text[i];
            if (c == '%') {
                boolean whole = i + 2 < text.length;
                int high = whole ? digit(text[i + 1]) : -1;
                int low = whole ? digit(text[i + 2]) : -1;
                if (high < 0 || low < 0) {
                    throw RefusedException.badRequest("a % without two hexadecimal digits");
                }
                text[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                text[length++] = plusIsSpace && c == '+' ? (byte) ' ' : c;
            }
        }
        return length == text.length ? text : Arrays.copyOf(text, length);
    }

    /** The key as part of a path. */
    static String encode(byte[] key) {
        var text = new StringBuilder(key.length + 16);
        for (byte each : key) {
            boolean plain = each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z'
                    || each >= '0' && each <= '9' || "-._~".indexOf(each) >= 0;
            if (plain) {
                text.append((char) each);
            } else {
                text.append('%')
                        .append(Character.toUpperCase(Character.forDigit(each >> 4 & 15, 16)))
                        .append(Character.toUpperCase(Character.forDigit(each & 15, 16)));
            }
        }
        return text.toString();
    }

    private static int digit(byte c) {
        return c < 0 ? -1 : Character.digit(c, 16);
    }
}
