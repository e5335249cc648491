package io.ringtail.deployment;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Asks a Prometheus of this machine. */
final class PrometheusClient implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    PrometheusClient(int port) {
        this.port = port;
    }

    /** The values that a query gives now. */
    List<Double> values(String query) throws IOException, InterruptedException {
        var reply = get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        var data = YamlFile.map(YamlFile.map(YamlFile.parse(reply)).get("data"));
        if (data == null) {
            throw new AssertionError(query + ": " + reply);
        }
        return YamlFile.list(data.get("result"))
                .stream()
                .map(it -> YamlFile.list(YamlFile.map(it).get("value")).get(1).toString())
                .map(PrometheusClient::number)
                .toList();
    }

    String get(String path) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + port + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
