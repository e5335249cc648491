package io.ringtail.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.config.Setting;
import io.ringtail.server.live.LiveNode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the node says of itself over HTTP, and to whom it says nothing. */
final class HttpNodeIT {
    @TempDir private Path folder;
    private LiveNode node;
    private HttpProbe http;

    @BeforeEach
    void start() throws IOException {
        node = LiveNode.start(Map.of(Setting.HTTP, ":0"));
        http = new HttpProbe(node.httpPort());
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        node.close();
    }

    @Test
    void saysHowItIs() throws IOException {
        assertEquals("{\"healthy\":true}", http.get("/health").text());
        assertEquals("{\"ready\":true}", http.get("/ready").text());
        var nodes = http.get("/nodes").text();
        assertTrue(nodes.startsWith("{\"nodes\":[{\"node\":\"127.0.0.1:"), nodes);
        assertTrue(nodes.contains("\"self\":true,\"state\":\"up\",\"weight\":1,\"share\":1.0"),
                nodes);
        http.put("k", "value");
        var namespaces = http.get("/v1/namespaces").text();
        assertTrue(namespaces.startsWith("[{\"name\":\"default\",\"entries\":1,\"bytes\":"),
                namespaces);
        var stats = http.get("/v1/stats").text();
        assertTrue(stats.contains("\"curr_items\":1,"), stats);
        assertTrue(stats.contains("\"version\":\"1.6.45\","), stats);
        assertTrue(http.get("/metrics").text().contains("ringtail_cache_entries{"));
        var refused = http.post("/setpeer", "application/x-www-form-urlencoded", "peer=a:1");
        assertEquals(400, refused.status());
        assertTrue(refused.text().startsWith("{\"error\":\"this node is alone"), refused.text());
    }

    @Test
    void isNotReadyWhenItIsFull() throws Exception {
        try (var full = LiveNode.start(Map.of(Setting.HTTP, ":0", Setting.CONN_LIMIT, "1",
                Setting.EXTENDED, "no_maxconns_fast")); var client = full.connect();
                var probe = new HttpProbe(full.httpPort())) {
            assertEquals("MN", client.ask("mn"));
            var reply = probe.get("/ready");
            assertEquals(503, reply.status());
            assertEquals("{\"ready\":false,\"why\":\"the limit of connections is reached (-c)\"}",
                    reply.text());
            assertEquals(200, probe.get("/health").status());
        }
    }

    @Test
    void saysWhatAPathTakes() throws IOException {
        assertEquals(404, http.get("/nowhere").status());
        assertEquals(404, http.get("/v1/").status());
        var reply = http.request("POST", "/v1/keys/k", "x");
        assertEquals(405, reply.status());
        assertEquals("DELETE, GET, HEAD, PUT", reply.header("allow"));
        assertEquals(405, http.get("/set").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: evil.example", "Host: evil.example:8080",
        "Host: 127.0.0.1.x.org", "Host: localhost\r\nOrigin: http://evil.example",
        "Host: localhost\r\nOrigin: https://localhost", "Host: localhost\r\nOrigin: null",
        "Host: localhost:1\r\nOrigin: http://localhost:2",
        "Host: localhost\r\nSec-Fetch-Site: cross-site",
        "Host: localhost\r\nSec-Fetch-Site: same-site"})
    void refusesWhatForeignPagesSend(String headers) throws IOException {
        http.send("PUT /v1/keys/k HTTP/1.1\r\n" + headers + "\r\nContent-Length: 1\r\n\r\nx");
        var reply = http.reply("PUT");
        assertEquals(403, reply.status());
        assertTrue(reply.text().startsWith("{\"error\":\"foreign "), reply.text());
        assertEquals(404, http.get("/v1/keys/k").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: localhost:8080", "Host: 127.0.0.1", "Host: [::1]:8080",
        "Host: 10.1.2.3:99", "Host: ringtail", "Host: localhost\r\nOrigin: http://localhost",
        "Host: localhost\r\nSec-Fetch-Site: same-origin",
        "Host: localhost\r\nSec-Fetch-Site: none"})
    void servesItsOwnPages(String headers) throws IOException {
        http.send("GET /health HTTP/1.1\r\n" + headers + "\r\n\r\n");
        assertEquals(200, http.reply("GET").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense\r\n\r\n", "GET /health HTTP/1.1\r\nno colon\r\n\r\n",
        "GET /health HTTP/1.1\r\n\r\n"})
    void refusesWhatIsNotHttp(String request) throws IOException {
        http.send(request);
        var reply = http.reply("GET");
        assertEquals(400, reply.status());
        assertTrue(reply.text().startsWith("{\"error\":\""), reply.text());
    }

    @Test
    void endsAConnectionThatDoesNotMeanHttp() throws IOException {
        http.send("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThrows(EOFException.class, () -> {
            assertEquals(400, http.reply("GET").status());
            http.line();
        });
    }

    @Test
    void keepsOldClientsOnlyWhereTheyAsk() throws IOException {
        http.send("GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        assertEquals("keep-alive", http.reply("GET").header("connection"));
        http.send("GET /health HTTP/1.0\r\n\r\n");
        assertEquals("close", http.reply("GET").header("connection"));
        assertTrue(http.isClosed());
    }

    @Test
    void wantsTheNamesThatClientsNeed() throws Exception {
        var users = Files.writeString(folder.resolve("users"), "alice:secret\n");
        try (var closed =
                LiveNode.start(Map.of(Setting.HTTP, ":0", Setting.AUTH_FILE, users.toString()));
                var probe = new HttpProbe(closed.httpPort())) {
            var refused = probe.get("/v1/keys/k");
            assertEquals(401, refused.status());
            assertEquals("Basic realm=\"ringtail\"", refused.header("www-authenticate"));
            assertEquals(401,
                    probe.get("/v1/keys/k", "Authorization: Basic YWxpY2U6eA==").status());
            assertEquals(401, probe.get("/v1/keys/k", "Authorization: Basic ???").status());
            assertEquals(404,
                    probe.get("/v1/keys/k", "Authorization: Basic YWxpY2U6c2VjcmV0").status());
            assertEquals(200, probe.get("/health").status());
        }
    }
}
