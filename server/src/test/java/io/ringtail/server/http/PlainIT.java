package io.ringtail.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.config.Setting;
import io.ringtail.server.live.LiveNode;
import io.ringtail.server.live.TextConnection;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys by form and by JSON. */
final class PlainIT {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    private LiveNode node;
    private HttpProbe http;
    private TextConnection text;

    @BeforeEach
    void start() throws IOException {
        node = LiveNode.start(Map.of(Setting.HTTP, ":0", Setting.MAX_ITEM_SIZE, "8m"));
        http = new HttpProbe(node.httpPort());
        text = node.connect();
    }

    @AfterEach
    void stop() throws Exception {
        text.close();
        http.close();
        node.close();
    }

    @Test
    void setsByForm() throws IOException {
        var reply = http.post("/api/set", FORM, "key=a+b&value=c%26d%00&expire=60&hot=true");
        assertEquals("done", reply.text());
        var raw = http.get("/api?key=a%20b");
        assertEquals("c&d\0", raw.text());
        assertEquals("60", raw.header("x-ringtail-ttl"));
        assertEquals("value=c&d\0", http.get("/api/get?key=a+b").text());
        assertEquals(404, http.get("/api?key=none").status());
        assertEquals(404, http.get("/api/get?key=none").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"key=a", "value=b", "key=&value=b", "key=a&value=b&expire=x",
        "key=a&value=b&expire=-1", "key=a&value=b&hot=perhaps", "key=%&value=b", ""})
    void refusesFormsThatAreNot(String form) throws IOException {
        var reply = http.post("/api/set", FORM, form);
        assertEquals(400, reply.status());
        assertTrue(reply.text().startsWith("{\"error\":\""), reply.text());
    }

    @Test
    void refusesOtherForms() throws IOException {
        assertEquals(415, http.post("/api/set", "multipart/form-data", "x").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"text\"", "\"\"", "\"1\"", "\"{}\"", "1", "-1.50e3", "0", "{}",
        "{\"a\": [1, null, {\"b\" : \"c\"}]}", "[1, 2,3]", "true", "null",
        "12345678901234567890123"})
    void jsonComesBackAsWhatItWas(String value) throws IOException {
        var stored = http.post("/set", JSON, "{\"key\":\"k\", \"value\": " + value + " }");
        assertEquals("{\"stored\":true}", stored.text());
        assertEquals("{\"key\":\"k\",\"value\":" + value + "}", http.get("/get?key=k").text());
    }

    @Test
    void memcachedClientsSeeTheCharacters() throws IOException {
        http.post("/set", JSON, "{\"key\":\"k\",\"value\":\"a\\u0041\\n\",\"ttl\":100}");
        assertEquals("VA 3 t100", text.ask("mg k v t"));
        assertEquals("aA", text.line());
        assertEquals("", text.line());
        http.post("/set", JSON, "{\"key\":\"k\",\"value\":1.0}");
        assertEquals("VA 3 t-1", text.ask("mg k v t"));
        assertEquals("1.0", text.line());
    }

    @Test
    void whatMemcachedClientsSetAreStrings() throws IOException {
        assertEquals("STORED", text.ask("set k 0 0 1\r\n5"));
        assertEquals("{\"key\":\"k\",\"value\":\"5\"}", http.get("/get?key=k").text());
        assertEquals("STORED", text.ask("set k 0 0 1\r\n\u00ff"));
        assertEquals("{\"key\":\"k\",\"base64\":\"/w==\"}", http.get("/get?key=k").text());
    }

    @Test
    void whatIsPutAsJsonIsJson() throws IOException {
        http.put("k", "[1,2]", "Content-Type: application/json; charset=utf-8");
        assertEquals("{\"key\":\"k\",\"value\":[1,2]}", http.get("/get?key=k").text());
        http.put("k", "[1,2", "Content-Type: application/json");
        assertEquals("{\"key\":\"k\",\"value\":\"[1,2\"}", http.get("/get?key=k").text());
        http.post("/set", JSON, "{\"key\":\"k\",\"value\":[7]}");
        assertEquals("application/json", http.get("/v1/keys/k").header("content-type"));
    }

    @Test
    void deletesByJson() throws IOException {
        assertEquals(404, http.post("/delete", JSON, "{\"key\":\"k\"}").status());
        http.put("k", "x");
        assertEquals("{\"deleted\":true}", http.post("/delete", JSON, "{\"key\":\"k\"}").text());
        assertEquals(404, http.get("/get?key=k").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"key\":1,\"value\":2}", "{\"key\":\"k\"}",
        "{\"value\":\"v\"}", "{\"key\":\"k\",\"value\":1,\"ttl\":\"x\"}",
        "{\"key\":\"k\",\"value\":1,\"ttl\":-1}", "{\"key\":\"k\",\"value\":1,\"other\":1}",
        "{\"key\":\"k\",\"value\":[1,}", "{\"key\":\"k\",\"value\":1}x", "nonsense",
        "{\"key\":\"\",\"value\":1}", "{\"key\":\"k\",\"value\":1,\"ttl\":99999999999999999999}"})
    void refusesJsonThatIsNot(String body) throws IOException {
        var reply = http.post("/set", JSON, body);
        assertEquals(400, reply.status(), body);
        assertTrue(reply.text().startsWith("{\"error\":\""), reply.text());
        assertEquals("EN", text.ask("mg k"));
    }

    @Test
    void largeValuesNeedRest() throws IOException {
        var value = "v".repeat(2 << 20);
        http.put("k", value);
        assertEquals(413, http.get("/get?key=k").status());
        assertEquals(value, http.get("/api?key=k").text());
        var body = "{\"key\":\"k\",\"value\":\"" + value + "\"}";
        try (var other = new HttpProbe(node.httpPort())) {
            assertEquals(413, other.post("/set", JSON, body).status());
        }
        assertEquals(
                "{\"stored\":true}", http
                        .post("/set", JSON,
                                "{\"key\":\"k\",\"value\":\"" + value.substring(1_100_000) + "\"}")
                        .text());
    }
}
