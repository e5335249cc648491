package io.ringtail.server.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which values a sub-option takes. */
public sealed interface ValueRule {
    /** The value in its normal form; null where none was given. */
    String check(@Nullable String value);

    /** Whether {@code no_} before the name turns it off. */
    default boolean isNegatable() {
        return false;
    }

    static ValueRule toggle() {
        return new Switch(true);
    }

    static ValueRule flag() {
        return new Switch(false);
    }

    static ValueRule number(long min, long max) {
        return new Number(new Range(min, max), null);
    }

    static ValueRule numberOrNothing(long min, long max, String nothing) {
        return new Number(new Range(min, max), nothing);
    }

    static ValueRule ratio() {
        return new Decimal(1);
    }

    static ValueRule factor() {
        return new Decimal(Double.MAX_VALUE);
    }

    static ValueRule oneOf(String... words) {
        return new Word(List.of(words));
    }

    static ValueRule sizes() {
        return new Sizes(Bounds.CHUNK_SIZES, Bounds.CHUNK_ALIGNMENT, Bounds.MOST_CHUNK_SIZES);
    }

    static ValueRule text() {
        return new Word(List.of());
    }

    /** On when named. What memcached ignores after = is ignored, but for a plain no. */
    record Switch(boolean isNegatable) implements ValueRule {
        @Override
        public String check(@Nullable String value) {
            return value != null && Quantity.isNo(value) ? "no" : "yes";
        }
    }

    /** {@code nothing}: what the name without a value means; null: it needs one. */
    record Number(Range range, @Nullable String nothing) implements ValueRule {
        @Override
        public String check(@Nullable String value) {
            if (value == null && nothing != null) {
                return nothing;
            }
            return Long.toString(Quantity.number(required(value), range));
        }

        @Override
        public boolean isNegatable() {
            return nothing != null;
        }
    }

    record Decimal(double below) implements ValueRule {
        @Override
        public String check(@Nullable String value) {
            var text = required(value);
            var number = Quantity.decimal(text);
            if (number <= 0 || number >= below) {
                throw new InvalidSettingException(
                        "'" + text + "' must be above 0" + (below == 1 ? " and below 1" : ""));
            }
            return text;
        }
    }

    /** Any text where {@code words} is empty. */
    record Word(List<String> words) implements ValueRule {
        @Override
        public String check(@Nullable String value) {
            var text = required(value);
            if (!words.isEmpty() && !words.contains(text)) {
                throw new InvalidSettingException(
                        "'" + text + "' is none of " + String.join(", ", words));
            }
            return text;
        }
    }

    /** Ascending sizes with dashes between them, more than {@code apart} bytes from each other. */
    record Sizes(Range range, int apart, int most) implements ValueRule {
        @Override
        public String check(@Nullable String value) {
            long last = -apart;
            var sizes = required(value).split("-", -1);
            for (var size : sizes) {
                long next = Quantity.number(size, range);
                if (next <= last + apart) {
                    throw new InvalidSettingException("'" + size + "' must be more than " + apart
                            + " bytes larger than the size before");
                }
                last = next;
            }
            if (sizes.length > most) {
                throw new InvalidSettingException("at most " + most + " sizes can be given");
            }
            return String.join("-", sizes);
        }
    }

    private static String required(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new InvalidSettingException("needs a value");
        }
        return value;
    }
}
