package io.ringtail.server.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.config.Setting;
import io.ringtail.server.testing.Patience;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a node tells Prometheus about its peer. */
@Timeout(120)
final class PeerMetricsIT {
    private static String scrape(TwoNodes cluster) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + cluster.metricsPort() + "/metrics");
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        }
    }

    private static double value(String metrics, String start) {
        return metrics.lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf("} ") + 2)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(start + " is not among\n" + metrics));
    }

    private static String requests(TwoNodes cluster, String op, String result) {
        return "ringtail_peer_requests_total{peer=\"" + cluster.keys().names().get(1) + "\",op=\""
                + op + "\",result=\"" + result + "\",}";
    }

    @Test
    void peersCommandsAndItsStateAreShown() throws Exception {
        try (var cluster = TwoNodes.start(Map.of(Setting.METRICS, ":0"));
                var client = cluster.connect(0)) {
            var remote = cluster.keys().ownedBy(1, 1);
            assertEquals("STORED", client.set(remote, 0, "v"));
            assertEquals("NOT_FOUND", client.ask("delete " + cluster.keys().ownedBy(1, 2)));
            var metrics = scrape(cluster);
            assertEquals(1, value(metrics, requests(cluster, "store", "ok")));
            assertEquals(1, value(metrics, requests(cluster, "delete", "ok")));
            assertEquals(0, value(metrics, requests(cluster, "store", "not_sent")));
            assertEquals(0, value(metrics, "ringtail_peer_breaker_state{"));
            assertTrue(value(metrics, "ringtail_peer_request_duration_seconds_count{") > 0);
            cluster.stopSecond();
            Patience.until(() -> value(scrape(cluster), "ringtail_peer_breaker_state{") > 0,
                    () -> "the breaker stays closed");
            Patience.until(() -> {
                assertEquals("SERVER_ERROR owner unreachable", client.set(remote, 0, "v"));
                return value(scrape(cluster), requests(cluster, "store", "not_sent")) > 0;
            }, () -> "commands are sent on");
        }
    }
}
