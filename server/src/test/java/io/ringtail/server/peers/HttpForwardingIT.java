package io.ringtail.server.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtail.server.config.Setting;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys of another node over HTTP. */
@Timeout(120)
final class HttpForwardingIT {
    private static HttpRequest.Builder key(TwoNodes nodes, String key) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + nodes.httpPort(0) + "/v1/keys/" + key));
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest request)
            throws Exception {
        return client.send(request, BodyHandlers.ofString());
    }

    @Test
    void keysOfAnotherNodeAreServedToo() throws Exception {
        try (var nodes = TwoNodes.start(Map.of(Setting.HTTP, ":0"));
                var client = HttpClient.newHttpClient(); var owner = nodes.connect(1)) {
            var key = nodes.keys().ownedBy(1, 1);
            var value = "v".repeat(50_000);
            var put = key(nodes, key).header("Content-Type", "a/b")
                    .PUT(BodyPublishers.ofString(value))
                    .build();
            assertEquals(204, send(client, put).statusCode());
            assertEquals("HD s50000", owner.ask("mg " + key + " s"));
            var got = send(client, key(nodes, key).build());
            assertEquals(value, got.body());
            assertEquals("a/b", got.headers().firstValue("content-type").orElse(""));
            assertEquals(204, send(client, key(nodes, key).DELETE().build()).statusCode());
            assertEquals("EN", owner.ask("mg " + key));
            assertEquals(404, send(client, key(nodes, key).build()).statusCode());
            var members = send(client,
                    HttpRequest
                            .newBuilder(
                                    URI.create("http://127.0.0.1:" + nodes.httpPort(0) + "/nodes"))
                            .build());
            assertEquals(2, members.body().split("\"state\":\"up\"", -1).length - 1);
        }
    }
}
