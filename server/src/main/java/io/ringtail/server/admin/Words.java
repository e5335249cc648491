package io.ringtail.server.admin;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The words behind a command, split at spaces. Numbers and shortened words are read as memcached
 * 1.6.45 reads them. Immutable.
 */
record Words(List<String> words) {
    /** memcached's tokenizer looks at no more, the command's own word included. */
    static final int MAX = 22;

    private static final int MAX_NUMBER_CHARACTERS = 11;
    private static final int MAX_FRACTION_CHARACTERS = 31;
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");
    private static final Pattern FRACTION =
            Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    static Words of(String arguments) {
        var words = arguments.split(" ", -1);
        return new Words(
                List.of(words).stream().filter(word -> !word.isEmpty()).limit(MAX).toList());
    }

    int count() {
        return words.size();
    }

    String word(int index) {
        return words.get(index);
    }

    /** Whether the word is {@code text} or a beginning of it; false where there is no such word. */
    boolean shortens(int index, String text) {
        return index < words.size() && text.startsWith(words.get(index));
    }

    boolean endsWithNoreply() {
        return !words.isEmpty() && words.getLast().equals("noreply");
    }

    /** An unsigned 32-bit number; empty where the word is none, or not there. */
    OptionalLong unsigned(int index) {
        var number = integer(index);
        return number.isPresent() && !words.get(index).startsWith("-")
                && number.getAsLong() <= 0xFFFF_FFFFL ? number : OptionalLong.empty();
    }

    /** A signed 32-bit number; empty where the word is none, or not there. */
    OptionalInt signed(int index) {
        var number = integer(index);
        return number.isPresent() && number.getAsLong() == (int) number.getAsLong()
                ? OptionalInt.of((int) number.getAsLong())
                : OptionalInt.empty();
    }

    /** A decimal fraction; NaN where the word is none, or not there. */
    double fraction(int index) {
        if (index >= words.size() || words.get(index).length() > MAX_FRACTION_CHARACTERS
                || !FRACTION.matcher(words.get(index)).matches()) {
            return Double.NaN;
        }
        return Double.parseDouble(words.get(index));
    }

    private OptionalLong integer(int index) {
        if (index >= words.size() || words.get(index).length() > MAX_NUMBER_CHARACTERS
                || !INTEGER.matcher(words.get(index)).matches()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(words.get(index)));
    }
}
