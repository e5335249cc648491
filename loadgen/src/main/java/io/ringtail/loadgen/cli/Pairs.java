package io.ringtail.loadgen.cli;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines of {@code name=value} words, as log watchers and dumps print them. */
final class Pairs {
    private static final int MAX_DIGITS = 18;

    /** Keys that are no text, percent-encoded. */
    static final String ENCODED = "key_encoded";

    private Pairs() {}

    /** Keys come percent-encoded, and are decoded where they are text; numbers are numbers. */
    static Map<String, Object> of(String line) {
        var pairs = new LinkedHashMap<String, Object>();
        for (var word : line.strip().split(" ", -1)) {
            int equal = word.indexOf('=');
            if (equal > 0) {
                put(pairs, word.substring(0, equal), word.substring(equal + 1));
            }
        }
        return pairs;
    }

    private static void put(Map<String, Object> pairs, String name, String text) {
        if (name.equals("key")) {
            var key = decoded(text);
            pairs.put(key == null ? ENCODED : name, key == null ? text : key);
            return;
        }
        boolean isNumber = text.matches("-?\\d+") && text.length() <= MAX_DIGITS;
        pairs.put(name, isNumber ? Long.valueOf(text) : text);
    }

    /** The key as text where it is text, else as it came. */
    static String readable(String encoded) {
        var key = decoded(encoded);
        return key == null ? encoded : key;
    }

    /** The key in characters that can be printed; null where it holds others, or blanks. */
    static @Nullable String decoded(String key) {
        try {
            var bytes = URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
                    .getBytes(StandardCharsets.ISO_8859_1);
            var text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.codePoints().allMatch(Pairs::isPlain) ? text : null;
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return null;
        }
    }

    private static boolean isPlain(int character) {
        return !Character.isISOControl(character) && !Character.isWhitespace(character);
    }
}
