package io.ringtail.loadgen.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The HTTP side port of a Ringtail node. Failures name its address. Owner: a thread.
 *
 * <p>The client of java.base, because the image's runtime has no module java.net.http.
 */
public final class SidePort {
    private static final int MAX_ANSWER = 1 << 20;
    private static final JsonFactory JSON = new JsonFactory();

    private final ServerAddress address;
    private final int timeoutMillis;

    public SidePort(ServerAddress address, int timeoutMillis) {
        this.address = address;
        this.timeoutMillis = timeoutMillis;
    }

    /** What {@code stats} says. */
    public Map<String, String> stats() throws IOException {
        return objects("/v1/stats").getFirst();
    }

    /** Reads per second by percent-encoded key, the most read first. */
    public Map<String, Long> hotKeys(int most) throws IOException {
        var keys = new LinkedHashMap<String, Long>();
        for (var each : objects("/v1/hotkeys")) {
            var key = each.get("encoded");
            var reads = each.get("per_second");
            if (key == null || reads == null || !reads.matches("\\d{1,18}")) {
                throw strange();
            }
            if (keys.size() < most) {
                keys.put(key, Long.valueOf(reads));
            }
        }
        return keys;
    }

    /** The answer, an object or an array of objects of plain fields; one at least for an object. */
    private List<Map<String, String>> objects(String path) throws IOException {
        try (var json = JSON.createParser(get(path))) {
            var objects = new ArrayList<Map<String, String>>();
            boolean isArray = json.nextToken() == JsonToken.START_ARRAY;
            if (isArray) {
                json.nextToken();
            }
            while (json.currentToken() == JsonToken.START_OBJECT) {
                objects.add(fields(json));
                json.nextToken();
            }
            if (json.currentToken() != (isArray ? JsonToken.END_ARRAY : null)
                    || objects.isEmpty() && !isArray) {
                throw strange();
            }
            return objects;
        } catch (JsonProcessingException e) {
            throw strange();
        }
    }

    private Map<String, String> fields(JsonParser json) throws IOException {
        var fields = new LinkedHashMap<String, String>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            if (!json.nextToken().isScalarValue()) {
                throw strange();
            }
            fields.put(name, json.getText());
        }
        return fields;
    }

    private byte[] get(String path) throws IOException {
        try {
            var uri = new URI("http", null, address.host(), address.port(), path, null, null);
            var exchange = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            exchange.setConnectTimeout(timeoutMillis);
            exchange.setReadTimeout(timeoutMillis);
            exchange.setInstanceFollowRedirects(false);
            int status = exchange.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                exchange.disconnect();
                throw new IOException("HTTP status " + status);
            }
            try (var in = exchange.getInputStream()) {
                var answer = in.readNBytes(MAX_ANSWER);
                if (in.read() >= 0) {
                    throw new IOException("an answer without end");
                }
                return answer;
            }
        } catch (URISyntaxException | IOException e) {
            throw new IOException(address + ": " + e.getMessage(), e);
        }
    }

    private IOException strange() {
        return new IOException(address + " does not answer as Ringtail does");
    }
}
