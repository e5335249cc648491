package io.ringtail.loadgen.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * A key as somebody typed it, and as a meta command carries it: as it is, or in base64 with the
 * flag b, which takes any bytes.
 *
 * @param word the key in a command line
 * @param flag what follows it there
 */
record Key(String typed, String word, String flag) {
    private static final int MAX_BYTES = 250;
    private static final int ESCAPE = 3;
    private static final int HEXADECIMAL = 16;

    /** Before there is one. */
    static final Key NONE = new Key("", "", "");

    /** A key of printable characters without blanks. */
    static Key plain(String typed) throws CommandFailure {
        if (typed.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
            throw CommandFailure.usage("a key has no blanks and no control characters; --encoded "
                    + "takes them as %20 and the like");
        }
        bound(typed.getBytes(StandardCharsets.UTF_8).length);
        return new Key(typed, typed, "");
    }

    /** A key of any bytes, those that are no plain characters as {@code %XX}. */
    static Key encoded(String typed) throws CommandFailure {
        var bytes = new ByteArrayOutputStream();
        for (int at = 0; at < typed.length();) {
            if (typed.charAt(at) == '%') {
                bytes.write(escaped(typed, at));
                at += ESCAPE;
            } else {
                int character = typed.codePointAt(at);
                bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
                at += Character.charCount(character);
            }
        }
        bound(bytes.size());
        return new Key(typed, Base64.getEncoder().encodeToString(bytes.toByteArray()), " b");
    }

    private static int escaped(String typed, int at) throws CommandFailure {
        int high =
                at + 1 < typed.length() ? Character.digit(typed.charAt(at + 1), HEXADECIMAL) : -1;
        int low = at + 2 < typed.length() ? Character.digit(typed.charAt(at + 2), HEXADECIMAL) : -1;
        if (high < 0 || low < 0) {
            throw CommandFailure.usage("'" + typed + "' is not encoded: % is followed by two "
                    + "hexadecimal digits, and is itself %25");
        }
        return high * HEXADECIMAL + low;
    }

    private static void bound(int bytes) throws CommandFailure {
        if (bytes == 0 || bytes > MAX_BYTES) {
            throw CommandFailure.usage("a key has 1 to " + MAX_BYTES + " bytes, not " + bytes);
        }
    }

    /** Puts the key first into the fields of a JSON object. */
    void into(Map<String, Object> fields) {
        fields.put(flag.isEmpty() ? "key" : Pairs.ENCODED, typed);
    }
}
