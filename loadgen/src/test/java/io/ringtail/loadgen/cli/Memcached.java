package io.ringtail.loadgen.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real memcached on a port that it picks itself, or on one that it had before. */
final class Memcached implements AutoCloseable {
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Process process;
    private final int port;

    private Memcached(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Memcached start(Path folder, String... arguments)
            throws IOException, InterruptedException {
        return startOn(-1, folder, arguments);
    }

    static Memcached startOn(int port, Path folder, String... arguments)
            throws IOException, InterruptedException {
        var ports = Files.createTempFile(folder, "ports", "");
        var command = new ArrayList<>(List.of("memcached", "-l", "127.0.0.1", "-p",
                Integer.toString(port), "-U", "0", "-u", System.getProperty("user.name")));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("memcached.log").toFile());
        builder.environment().put("MEMCACHED_PORT_FILENAME", ports.toString());
        var process = builder.start();
        long end = System.nanoTime() + START_NANOS;
        while (process.isAlive() && System.nanoTime() - end < 0) {
            for (var line : Files.readAllLines(ports)) {
                if (line.startsWith("TCP INET: ")) {
                    return new Memcached(process,
                            Integer.parseInt(line.substring("TCP INET: ".length())));
                }
            }
            process.waitFor(2, TimeUnit.MILLISECONDS);
        }
        process.destroyForcibly();
        throw new AssertionError(
                "no memcached: " + Files.readString(folder.resolve("memcached.log")));
    }

    int port() {
        return port;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }
}
