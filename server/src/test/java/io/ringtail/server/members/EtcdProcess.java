package io.ringtail.server.members;

import io.ringtail.server.testing.Patience;
import io.ringtail.server.wire.Programs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real etcd on loopback, which can be killed and started again, with its data or without. */
final class EtcdProcess implements AutoCloseable {
    private final Path directory;
    private final List<Integer> ports;
    private @Nullable Process process;

    /** {@code ports}: for its clients, and for itself. */
    EtcdProcess(List<Integer> ports) throws IOException {
        directory = Files.createTempDirectory("ringtail-etcd");
        this.ports = ports;
    }

    String url() {
        return "http://127.0.0.1:" + ports.get(0);
    }

    void start() throws Exception {
        var peer = "http://127.0.0.1:" + ports.get(1);
        var started = new ProcessBuilder(Programs.find("etcd").toString(), "--data-dir",
                directory.resolve("data").toString(), "--listen-client-urls", url(),
                "--advertise-client-urls", url(), "--listen-peer-urls", peer,
                "--initial-advertise-peer-urls", peer, "--initial-cluster", "default=" + peer)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        process = started;
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url() + "/health")).build();
            Patience.until(() -> isHealthy(client, request),
                    () -> "etcd does not answer: " + log());
        }
    }

    private static boolean isHealthy(HttpClient client, HttpRequest request)
            throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString()).body().contains("\"true\"");
        } catch (IOException notYet) {
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    void kill() throws InterruptedException {
        var running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
            process = null;
        }
    }

    /** Forgets all that it held; while it does not run. */
    void empty() throws IOException {
        delete(directory.resolve("data"));
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var files = Files.walk(directory)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void close() throws Exception {
        kill();
        delete(directory);
    }
}
