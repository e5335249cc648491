package io.ringtail.server.metrics;

import io.ringtail.server.wire.Programs;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A real Prometheus on a free port of loopback that scrapes one target twice a second. */
final class Prometheus implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final Pattern ADDRESS =
            Pattern.compile("msg=\"Listening on\" address=(127\\.0\\.0\\.1:\\d+)");
    private static final Pattern VALUE = Pattern.compile("\"value\":\\[[0-9.]+,\"([^\"]*)\"\\]");

    private final Process process;
    private final Path log;
    private final HttpClient client = HttpClient.newHttpClient();

    private Prometheus(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Prometheus scraping(int port, Path folder) throws IOException {
        var config = folder.resolve("prometheus.yml");
        Files.writeString(config, """
                scrape_configs:
                - job_name: ringtail
                  scrape_interval: 500ms
                  scrape_timeout: 500ms
                  static_configs: [{targets: ['127.0.0.1:%d']}]
                """.formatted(port));
        var log = folder.resolve("prometheus.log");
        var process = new ProcessBuilder(Programs.find("prometheus").toString(),
                "--config.file=" + config, "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:0").redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Prometheus(process, log);
    }

    private String address() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            var address = ADDRESS.matcher(Files.readString(log));
            if (address.find()) {
                return address.group(1);
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        throw new IOException("prometheus does not listen: " + Files.readString(log));
    }

    /** Waits until a query gives this value. */
    void await(String query, String value) throws IOException, InterruptedException {
        var uri = URI.create("http://" + address() + "/api/v1/query?query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        var body = "";
        while (System.nanoTime() < end) {
            body = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
            var found = VALUE.matcher(body);
            if (found.find() && found.group(1).equals(value)) {
                return;
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError(query + " is not " + value + ": " + body);
    }

    @Override
    public void close() throws InterruptedException {
        client.close();
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
