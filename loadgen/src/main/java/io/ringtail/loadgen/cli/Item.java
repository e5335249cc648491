package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.ErrorReplyException;
import io.ringtail.loadgen.client.TextClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A key's item as a meta get tells it. */
record Item(Key key, boolean found, byte[] value, Map<String, Long> numbers) {
    private static final Map<Character, String> NAMES =
            Map.of('f', "flags", 't', "ttl", 'c', "cas");
    private static final int FIRST_FLAG = 2;

    /** {@code mg <key> v f t c [b]} */
    static Item fetch(TextClient client, Key key) throws IOException {
        var line = client.ask("mg " + key.word() + " v f t c" + key.flag());
        if (line.equals("EN")) {
            return new Item(key, false, new byte[0], Map.of());
        }
        var words = line.split(" ", -1);
        if (!words[0].equals("VA") || words.length < FIRST_FLAG) {
            throw new ErrorReplyException(line);
        }
        var value = client.readValue(number(words[1]).intValue());
        var numbers = new LinkedHashMap<String, Long>();
        for (int i = FIRST_FLAG; i < words.length; i++) {
            var name = words[i].isEmpty() ? null : NAMES.get(words[i].charAt(0));
            if (name != null) {
                numbers.put(name, number(words[i].substring(1)));
            }
        }
        return new Item(key, true, value, numbers);
    }

    private static Long number(String text) throws ErrorReplyException {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new ErrorReplyException("no number: " + text);
        }
    }

    /** For JSON: the value as text, or where it is none, in base 64. */
    Map<String, Object> fields() {
        var fields = KeyCommand.fields(key);
        fields.put("found", found);
        if (found) {
            try {
                fields.put("value",
                        StandardCharsets.UTF_8.newDecoder()
                                .decode(ByteBuffer.wrap(value))
                                .toString());
            } catch (CharacterCodingException e) {
                fields.put("value_base64", Base64.getEncoder().encodeToString(value));
            }
            fields.put("size", value.length);
            fields.putAll(numbers);
        }
        return fields;
    }
}
