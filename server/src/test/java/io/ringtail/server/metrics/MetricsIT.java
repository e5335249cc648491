package io.ringtail.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.config.Setting;
import io.ringtail.server.live.LiveNode;
import io.ringtail.server.wire.Programs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node under load tells Prometheus is what stats tells, and is as Prometheus wants it. */
@Timeout(180)
final class MetricsIT {
    private static final int READS = 2000;

    @TempDir private Path folder;

    private static LiveNode node() throws IOException {
        return LiveNode.start(Map.of(Setting.METRICS, ":0"));
    }

    private static String scrape(LiveNode node) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + node.metricsPort() + "/metrics");
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        }
    }

    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among\n" + metrics));
    }

    /** Some of everything; unpipelined, so that there are reads to be timed. */
    private static void load(LiveNode node) throws IOException {
        try (var client = node.connect()) {
            assertEquals("STORED", client.ask("set here 0 0 1\r\nx"));
            assertEquals("NOT_STORED", client.ask("add here 0 0 1\r\nx"));
            assertEquals("NOT_FOUND", client.ask("delete away"));
            assertEquals("NOT_FOUND", client.ask("incr away 1"));
            for (int i = 0; i < READS; i++) {
                client.ask("mg here k");
            }
            assertEquals("EN", client.ask("mg away v"));
        }
    }

    private static String requests(String op, String result) {
        return "ringtail_requests_total{op=\"" + op + "\",result=\"" + result + "\",}";
    }

    @Test
    void countsWhatClientsDo() throws Exception {
        try (var node = node()) {
            load(node);
            var metrics = scrape(node);
            assertEquals(READS, value(metrics, requests("get", "hit")));
            assertEquals(1, value(metrics, requests("get", "miss")));
            assertEquals(1, value(metrics, requests("set", "stored")));
            assertEquals(1, value(metrics, requests("add", "not_stored")));
            assertEquals(1, value(metrics, requests("delete", "miss")));
            assertEquals(1, value(metrics, requests("incr", "miss")));
            assertEquals(1, value(metrics, "ringtail_cache_entries{cache_name=\"default\",}"));
            double timed = value(metrics, "ringtail_request_duration_seconds_count"
                    + "{cache_name=\"default\",op=\"get\",}");
            assertTrue(timed > 0 && timed < READS / 20, "timed=" + timed);
            double seconds = value(metrics, "ringtail_request_duration_seconds_sum"
                    + "{cache_name=\"default\",op=\"get\",}");
            assertTrue(seconds > 0, "seconds=" + seconds);
        }
    }

    @Test
    void staysAsItWasWhenStatisticsAreReset() throws Exception {
        try (var node = node(); var client = node.connect()) {
            load(node);
            assertEquals("RESET", client.ask("stats reset"));
            assertEquals(READS, value(scrape(node), requests("get", "hit")));
        }
    }

    @Test
    void isCleanToPromtool() throws Exception {
        try (var node = node()) {
            load(node);
            var metrics = folder.resolve("metrics");
            Files.writeString(metrics, scrape(node));
            var output = folder.resolve("output");
            var check = new ProcessBuilder(Programs.find("promtool").toString(), "check", "metrics")
                    .redirectInput(metrics.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertTrue(check.waitFor(60, TimeUnit.SECONDS));
            assertEquals("", Files.readString(output, StandardCharsets.UTF_8));
            assertEquals(0, check.exitValue());
        }
    }

    @Test
    void isScrapedByPrometheus() throws Exception {
        try (var node = node(); var prometheus = Prometheus.scraping(node.metricsPort(), folder)) {
            load(node);
            prometheus.await("ringtail_hits_total{cache_name=\"default\"}",
                    Integer.toString(READS));
            prometheus.await("ringtail_requests_total{op=\"add\",result=\"not_stored\"}", "1");
            prometheus.await("sum(up)", "1");
            prometheus.await("count(histogram_quantile(0.99, "
                    + "sum by (le) (ringtail_request_duration_seconds_bucket)) > 0)", "1");
            prometheus.await("count(jvm_memory_bytes_used{area=\"heap\"} > 0)", "1");
        }
    }
}
