package io.ringtail.loadgen.cli;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lines of {@code name=value} words, as log watchers and dumps print them. */
final class Pairs {
    private static final int MAX_DIGITS = 18;

    private Pairs() {}

    /** Keys come percent-encoded, and are decoded; numbers are numbers. */
    static Map<String, Object> of(String line) {
        var pairs = new LinkedHashMap<String, Object>();
        for (var word : line.strip().split(" ", -1)) {
            int equal = word.indexOf('=');
            if (equal > 0) {
                var name = word.substring(0, equal);
                pairs.put(name, value(name, word.substring(equal + 1)));
            }
        }
        return pairs;
    }

    private static Object value(String name, String text) {
        if (name.equals("key")) {
            return decoded(text);
        }
        boolean isNumber = text.matches("-?\\d+") && text.length() <= MAX_DIGITS;
        return isNumber ? Long.valueOf(text) : text;
    }

    static String decoded(String key) {
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return key;
        }
    }
}
