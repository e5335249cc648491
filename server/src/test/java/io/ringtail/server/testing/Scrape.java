package io.ringtail.server.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What a node's metrics port says at one moment. */
public record Scrape(String text) {
    public static Scrape of(int port) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + port + "/metrics");
            return new Scrape(
                    client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                            .body());
        }
    }

    /** The value of the first line that starts so; the test fails where there is none. */
    public double value(String start) {
        return text.lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(start + " is not among\n" + text));
    }

    public long lines(String start) {
        return text.lines().filter(line -> line.startsWith(start)).count();
    }
}
