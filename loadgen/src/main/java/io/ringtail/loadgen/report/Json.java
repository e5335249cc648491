package io.ringtail.loadgen.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, collections, strings, numbers and booleans as JSON. */
public final class Json {
    private static final int FIRST_PRINTABLE = 0x20;

    private Json() {}

    public static String of(@Nullable Object value) {
        var text = new StringBuilder();
        append(text, value);
        return text.toString();
    }

    private static void append(StringBuilder to, @Nullable Object value) {
        switch (value) {
            case null -> to.append("null");
            case Map<?, ?> map -> appendMap(to, map);
            case Collection<?> all -> appendAll(to, all);
            case Double number -> appendNumber(to, number);
            case Number number -> to.append(number);
            case Boolean bool -> to.append(bool);
            default -> quote(to, value.toString());
        }
    }

    private static void appendMap(StringBuilder to, Map<?, ?> map) {
        char separator = '{';
        for (var entry : map.entrySet()) {
            to.append(separator);
            quote(to, String.valueOf(entry.getKey()));
            to.append(':');
            append(to, entry.getValue());
            separator = ',';
        }
        to.append(map.isEmpty() ? "{}" : "}");
    }

    private static void appendAll(StringBuilder to, Collection<?> all) {
        char separator = '[';
        for (var value : all) {
            to.append(separator);
            append(to, value);
            separator = ',';
        }
        to.append(all.isEmpty() ? "[]" : "]");
    }

    /** Six digits are more than a measurement has. */
    private static void appendNumber(StringBuilder to, double number) {
        if (Double.isFinite(number)) {
            var text = new BigDecimal(number).round(new MathContext(6))
                    .stripTrailingZeros()
                    .toPlainString();
            to.append(text);
        } else {
            to.append("null");
        }
    }

    private static void quote(StringBuilder to, String text) {
        to.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> to.append('\\').append(c);
                case '\n' -> to.append("\\n");
                case '\r' -> to.append("\\r");
                case '\t' -> to.append("\\t");
                default -> {
                    if (c < FIRST_PRINTABLE || c == '<') {
                        to.append(String.format("\\u%04x", (int) c));
                    } else {
                        to.append(c);
                    }
                }
            }
        }
        to.append('"');
    }
}
