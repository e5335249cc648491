package io.ringtail.server.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.config.Setting;
import io.ringtail.server.live.LiveNode;
import io.ringtail.server.live.TextConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys as resources, and that clients of the memcached protocols see the same. */
final class RestIT {
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
    void memcachedClientsGetWhatRestSets() throws IOException {
        assertEquals(204, http.put("key", "value", "Content-Type: text/x-own").status());
        assertEquals("VA 5 s5 t-1 f0", text.ask("mg key v s t f"));
        assertEquals("value", text.line());
        assertEquals("VALUE key 0 5", text.ask("get key"));
        assertEquals("value", text.line());
        assertEquals("END", text.line());
    }

    @Test
    void restGetsWhatMemcachedClientsSet() throws IOException {
        assertEquals("STORED", text.ask("set key 7 0 5\r\nvalue"));
        var reply = http.get("/v1/keys/key");
        assertEquals("value", reply.text());
        assertEquals("application/octet-stream", reply.header("content-type"));
        assertEquals("", reply.header("x-ringtail-ttl"));
    }

    @Test
    void keepsTheContentType() throws IOException {
        http.put("key", "value", "Content-Type: text/x-own; charset=koi8-r");
        assertEquals("text/x-own; charset=koi8-r", http.get("/v1/keys/key").header("content-type"));
        assertEquals("TOUCHED", text.ask("touch key 100"));
        var touched = http.get("/v1/keys/key");
        assertEquals("text/x-own; charset=koi8-r", touched.header("content-type"));
        assertEquals("100", touched.header("x-ringtail-ttl"));
        assertEquals("STORED", text.ask("set key 0 0 1\r\nx"));
        assertEquals("application/octet-stream", http.get("/v1/keys/key").header("content-type"));
    }

    @Test
    void appendsToTheValueAlone() throws IOException {
        http.put("key", "value", "Content-Type: text/x-own");
        assertEquals("STORED", text.ask("append key 0 0 1\r\ns"));
        assertEquals("values", http.get("/v1/keys/key").text());
        http.put("number", "41", "Content-Type: text/x-own");
        assertEquals("42", text.ask("incr number 1"));
        assertEquals("42", http.get("/v1/keys/number").text());
    }

    @Test
    void takesAnyBytesForAKey() throws IOException {
        assertEquals(204, http.put("a%20b%2F%00%ff/c+d", "x").status());
        assertEquals("x", http.get("/v1/keys/a%20b/%00%FF%2fc+d").text());
        assertEquals("x", http.get("/api?key=a%20b/%00%FF%2fc%2bd").text());
        // The same key, in base64: "a b/", 0, 255, "/c+d".
        assertEquals("VA 1", text.ask("mg YSBiLwD/L2MrZA== b v"));
        assertEquals("x", text.line());
    }

    @Test
    void refusesKeysThatAreNone() throws IOException {
        for (var target : new String[] {"/v1/keys/", "/v1/keys/a%2", "/v1/keys/%zz",
            "/v1/keys/" + "k".repeat(251)}) {
            var reply = http.get(target);
            assertEquals(400, reply.status(), target);
            assertTrue(reply.text().startsWith("{\"error\":\""), reply.text());
        }
        assertEquals(204, http.put("k".repeat(250), "x").status());
    }

    @Test
    void missesWith404() throws IOException {
        var reply = http.get("/v1/keys/none");
        assertEquals(404, reply.status());
        assertEquals("{\"error\":\"no such key\"}", reply.text());
        assertEquals(404, http.request("HEAD", "/v1/keys/none", "").status());
        assertEquals(404, http.request("DELETE", "/v1/keys/none", "").status());
    }

    @Test
    void deletes() throws IOException {
        http.put("key", "value");
        assertEquals(204, http.request("DELETE", "/v1/keys/key", "").status());
        assertEquals("EN", text.ask("mg key"));
    }

    @Test
    void headSaysAllButTheValue() throws IOException {
        http.put("key", "value", "Content-Type: text/x-own", "X-Ringtail-Ttl: 60");
        var head = http.request("HEAD", "/v1/keys/key", "");
        var got = http.get("/v1/keys/key");
        assertEquals(got.headers(), head.headers());
        assertEquals("5", head.header("content-length"));
        assertEquals("60", head.header("x-ringtail-ttl"));
    }

    @Test
    void timesToLiveAreSecondsHoweverMany() throws IOException {
        http.put("key", "value", "X-Ringtail-Ttl: 4000000");
        assertEquals("4000000", http.get("/v1/keys/key").header("x-ringtail-ttl"));
        node.clock().advance(Duration.ofSeconds(4_000_000));
        assertEquals(404, http.get("/v1/keys/key").status());
        assertEquals(400, http.put("key", "value", "X-Ringtail-Ttl: -1").status());
        assertEquals(400, http.put("key", "value", "X-Ringtail-Ttl: soon").status());
    }

    @Test
    void theEntityTagIsTheCasUnique() throws IOException {
        var stored = http.put("key", "value").header("etag");
        assertEquals("HD c" + stored.replace("\"", ""), text.ask("mg key c"));
        assertEquals(stored, http.get("/v1/keys/key").header("etag"));
        assertEquals(304, http.get("/v1/keys/key", "If-None-Match: " + stored).status());
        assertEquals(304, http.get("/v1/keys/key", "If-None-Match: \"x\", W/" + stored).status());
        assertEquals(200, http.get("/v1/keys/key", "If-None-Match: \"1234567\"").status());
        assertEquals(400, http.get("/v1/keys/key", "If-None-Match: x").status());
    }

    @Test
    void writesOnConditions() throws IOException {
        assertEquals(412, http.put("key", "a", "If-Match: *").status());
        assertEquals(412, http.put("key", "a", "If-Match: \"5\"").status());
        assertEquals(204, http.put("key", "a", "If-None-Match: *").status());
        assertEquals(412, http.put("key", "b", "If-None-Match: *").status());
        var tag = http.get("/v1/keys/key").header("etag");
        var next = http.put("key", "c", "If-Match: " + tag);
        assertEquals(204, next.status());
        assertNotEquals(tag, next.header("etag"));
        assertEquals(412, http.put("key", "d", "If-Match: " + tag).status());
        assertEquals(412, http.put("key", "d", "If-Match: \"never given\"").status());
        assertEquals("c", http.get("/v1/keys/key").text());
        assertEquals(412, http.request("DELETE", "/v1/keys/key", "", "If-Match: " + tag).status());
        assertEquals(204,
                http.request("DELETE", "/v1/keys/key", "", "If-Match: " + next.header("etag"))
                        .status());
        assertEquals(412, http.request("DELETE", "/v1/keys/key", "", "If-Match: *").status());
    }

    @Test
    void largeValuesComeBackAsTheyWere() throws IOException {
        var value = new byte[5_000_017];
        new Random(1).nextBytes(value);
        http.send(HttpProbe.head("PUT", "/v1/keys/large", value.length, "Content-Type: a/b"));
        http.send(value);
        assertEquals(204, http.reply("PUT").status());
        var reply = http.get("/v1/keys/large");
        assertEquals("a/b", reply.header("content-type"));
        assertArrayEquals(value, reply.body());
        assertEquals("HD s" + value.length, text.ask("mg large s"));
        assertEquals(304,
                http.get("/v1/keys/large", "If-None-Match: " + reply.header("etag")).status());
        assertEquals("TOUCHED", text.ask("touch large 50"));
        assertArrayEquals(value, http.get("/v1/keys/large").body());
        assertEquals("STORED", text.ask("append large 0 0 3\r\nend"));
        assertEquals(value.length + 3, http.get("/v1/keys/large").body().length);
    }

    @Test
    void valuesOfEverySizeComeBack() throws IOException {
        for (int size : new int[] {0, 1, 1000, 16 << 10, 64 << 10, 65_537, 300_000}) {
            var value = "v".repeat(size);
            assertEquals(204, http.put("sized", value, "Content-Type: a/b").status());
            var reply = http.get("/v1/keys/sized");
            assertEquals(value, reply.text());
            assertEquals("a/b", reply.header("content-type"));
            assertEquals("HD s" + size, text.ask("mg sized s"));
        }
    }

    @Test
    void refusesWhatIsTooLargeAndGoesOn() throws IOException {
        http.put("key", "old");
        var value = new byte[9 << 20];
        http.send(HttpProbe.head("PUT", "/v1/keys/key", value.length));
        http.send(value);
        var reply = http.reply("PUT");
        assertEquals(413, reply.status());
        assertTrue(reply.text().contains("-I"), reply.text());
        assertEquals(404, http.get("/v1/keys/key").status(), "the old value went too");
    }

    @Test
    void tellsAClientThatAsksToGoOn() throws IOException {
        http.send(HttpProbe.head("PUT", "/v1/keys/key", 5, "Expect: 100-continue"));
        assertEquals(100, http.reply("PUT").status());
        http.send("value");
        assertEquals(204, http.reply("PUT").status());
        assertEquals("value", http.get("/v1/keys/key").text());
    }

    @Test
    void takesChunkedBodies() throws IOException {
        http.send("PUT /v1/keys/key HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                + "\r\n3\r\nabc\r\n");
        http.send("4\r\ndefg\r\n0\r\n\r\n");
        assertEquals(204, http.reply("PUT").status());
        assertEquals("abcdefg", http.get("/v1/keys/key").text());
    }

    @Test
    void answersRequestsThatComeTogetherInOrder() throws IOException {
        var requests = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            requests.append(HttpProbe.head("PUT", "/v1/keys/k" + i, 4))
                    .append("v%03d".formatted(i));
            requests.append(HttpProbe.head("GET", "/v1/keys/k" + i, 0));
            requests.append(HttpProbe.head("GET", "/health", 0));
        }
        http.send(requests.toString());
        for (int i = 0; i < 200; i++) {
            assertEquals(204, http.reply("PUT").status());
            assertEquals("v%03d".formatted(i), http.reply("GET").text());
            assertEquals("{\"healthy\":true}", http.reply("GET").text());
        }
    }

    @Test
    void takesARequestByteByByte() throws IOException {
        var request = HttpProbe.head("PUT", "/v1/keys/key", 5, "Content-Type: a/b") + "value";
        for (byte each : request.getBytes(StandardCharsets.US_ASCII)) {
            http.send(new byte[] {each});
        }
        assertEquals(204, http.reply("PUT").status());
        assertEquals("value", http.get("/v1/keys/key").text());
    }

    @Test
    void closesWhereARefusedClientNeedNotSendItsValue() throws IOException {
        http.send(HttpProbe.head("PUT", "/v1/keys/key", 9 << 20, "Expect: 100-continue"));
        var reply = http.reply("PUT");
        assertEquals(413, reply.status());
        assertEquals("close", reply.header("connection"));
        assertTrue(http.isClosed());
    }

    @Test
    void answersHeadWhereverItAnswersGet() throws IOException {
        for (var path : new String[] {"/", "/health", "/v1/stats", "/v1/events"}) {
            assertEquals(200, http.request("HEAD", path, "").status(), path);
        }
        assertEquals(405, http.request("HEAD", "/set", "").status());
    }

    @Test
    void refusesMoreThanOneHost() throws IOException {
        assertEquals(400, http.get("/health", "Host: elsewhere.example").status());
    }

    @Test
    void forgetsAValueThatIsCutOff() throws IOException {
        http.put("key", "old");
        try (var dying = new HttpProbe(node.httpPort())) {
            dying.send(HttpProbe.head("PUT", "/v1/keys/key", 1_000_000) + "x".repeat(700_000));
        }
        assertEquals("old", http.get("/v1/keys/key").text());
    }

    @Test
    void countsAsOtherClientsDo() throws IOException {
        http.put("key", "value");
        http.get("/v1/keys/key");
        http.get("/v1/keys/none");
        var stats = text.stats("");
        assertEquals("1", stats.get("cmd_set"));
        assertEquals("1", stats.get("get_hits"));
        assertEquals("1", stats.get("get_misses"));
    }
}
