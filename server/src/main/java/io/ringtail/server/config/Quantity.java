package io.ringtail.server.config;

import java.util.Locale;

/** Numbers, sizes and times as people write them. */
final class Quantity {
    private static final int MAX_DIGITS = 18;

    private Quantity() {}

    static int integer(String text, Range range) {
        return Math.toIntExact(number(text, range));
    }

    static long number(String text, Range range) {
        var number = whole(text, text, 1);
        if (!range.contains(number)) {
            throw new InvalidSettingException("'" + text + "' is not in the range " + range);
        }
        return number;
    }

    /** Bytes, with the suffix k, m or g; {@code unit} is what a plain number counts. */
    static long bytes(String text, long unit, Range range) {
        var lower = text.toLowerCase(Locale.ROOT);
        long scale = switch (lower.isEmpty() ? ' ' : lower.charAt(lower.length() - 1)) {
            case 'k' -> 1L << 10;
            case 'm' -> 1L << 20;
            case 'g' -> 1L << 30;
            default -> 0;
        };
        var digits = scale == 0 ? lower : lower.substring(0, lower.length() - 1);
        var bytes = whole(digits, text, scale == 0 ? unit : scale);
        if (!range.contains(bytes)) {
            throw new InvalidSettingException("'" + text + "' is not in the range "
                    + sizeText(range.min()) + " to " + sizeText(range.max()));
        }
        return bytes;
    }

    /** Milliseconds: a number with the suffix ms or s, or a plain number of milliseconds. */
    static int millis(String text, Range range) {
        var lower = text.toLowerCase(Locale.ROOT);
        long scale = lower.endsWith("s") && !lower.endsWith("ms") ? 1000 : 1;
        var digits =
                lower.endsWith("ms") ? lower.substring(0, lower.length() - 2) : scale == 1 ? lower
                        : lower.substring(0, lower.length() - 1);
        var millis = whole(digits, text, scale);
        if (!range.contains(millis)) {
            throw new InvalidSettingException("'" + text + "' is not in the range " + range.min()
                    + " to " + range.max() + " ms");
        }
        return (int) millis;
    }

    static int octal(String text, int max) {
        try {
            int number = Integer.parseInt(text, 8);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new InvalidSettingException(
                "'" + text + "' is not an octal number from 0 to " + Integer.toOctalString(max));
    }

    static double decimal(String text) {
        try {
            var number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new InvalidSettingException("'" + text + "' is not a number");
    }

    static boolean isYes(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "on", "1" -> true;
            default -> false;
        };
    }

    static boolean isNo(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "no", "false", "off", "0" -> true;
            default -> false;
        };
    }

    static boolean yesOrNo(String text) {
        if (!isYes(text) && !isNo(text)) {
            throw new InvalidSettingException("'" + text + "' is neither yes nor no");
        }
        return isYes(text);
    }

    /** 1 MiB as 1m, and what has no round form as a number of bytes. */
    static String sizeText(long bytes) {
        if (bytes >= 1 << 30 && bytes % (1 << 30) == 0) {
            return (bytes >> 30) + "g";
        }
        if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
            return (bytes >> 20) + "m";
        }
        return bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? (bytes >> 10) + "k"
                : Long.toString(bytes);
    }

    private static long whole(String digits, String text, long scale) {
        try {
            if (!digits.isEmpty() && digits.length() <= MAX_DIGITS && digits.charAt(0) != '+') {
                return Math.multiplyExact(Long.parseLong(digits), scale);
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // Said below.
        }
        throw new InvalidSettingException("'" + text + "' is not a number that can be used here");
    }
}
