package io.ringtail.server.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code {"key": ..., "value": ..., "ttl": seconds}} as {@code POST /set} takes it. A value that is
 * no string is kept as the JSON text that was sent.
 */
record JsonBody(byte[] key, byte @Nullable [] value, boolean isText, long ttlSeconds) {
    private static final String CONTENT_TYPE = "application/json";

    /** The content type that tells a number or an object from a string. */
    @Nullable
    String contentType() {
        return isText ? null : CONTENT_TYPE;
    }

    /** Whether what is stored with this content type is JSON. */
    static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && (contentType.equals(CONTENT_TYPE) || contentType.startsWith(CONTENT_TYPE + ";"));
    }

    static JsonBody parse(byte[] body) throws RefusedException {
        try (var json = JsonText.JSON.createParser(body)) {
            return new Reader(json, body).read();
        } catch (IOException e) {
            throw RefusedException.badRequest("not JSON: " + firstLine(e));
        }
    }

    /** Whether this is one JSON document. */
    static boolean isDocument(byte[] text) {
        try (var json = JsonText.JSON.createParser(text)) {
            if (json.nextToken() == null) {
                return false;
            }
            json.skipChildren();
            return json.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    private static String firstLine(IOException e) {
        var message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    /** Takes one body apart. */
    private static final class Reader {
        private final JsonParser json;
        private final byte[] body;
        private byte @Nullable [] key;
        private byte @Nullable [] value;
        private boolean isText;
        private long ttlSeconds;

        Reader(JsonParser json, byte[] body) {
            this.json = json;
            this.body = body;
        }

        JsonBody read() throws IOException, RefusedException {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw RefusedException.badRequest("not a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var name = json.currentName();
                json.nextToken();
                field(name);
            }
            if (json.nextToken() != null) {
                throw RefusedException.badRequest("something stands behind the JSON object");
            }
            return new JsonBody(Keys.checked(key), value, isText, ttlSeconds);
        }

        private void field(String name) throws IOException, RefusedException {
            switch (name) {
                case "key" -> key = text("key");
                case "value" -> {
                    isText = json.currentToken() == JsonToken.VALUE_STRING;
                    value = isText ? text("value") : raw();
                }
                case "ttl" -> {
                    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                        throw RefusedException.badRequest("ttl is not a number of seconds");
                    }
                    ttlSeconds = json.getLongValue();
                }
                default -> throw RefusedException.badRequest("there is no field " + name);
            }
        }

        private byte[] text(String name) throws IOException, RefusedException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw RefusedException.badRequest(name + " is not a string");
            }
            return json.getText().getBytes(StandardCharsets.UTF_8);
        }

        /** The bytes that the current value was read from. */
        private byte[] raw() throws IOException {
            int from = (int) json.currentTokenLocation().getByteOffset();
            json.skipChildren();
            if (json.currentToken().isNumeric()) {
                return json.getText().getBytes(StandardCharsets.US_ASCII);
            }
            json.finishToken();
            return Arrays.copyOfRange(body, from, (int) json.currentLocation().getByteOffset());
        }
    }
}
