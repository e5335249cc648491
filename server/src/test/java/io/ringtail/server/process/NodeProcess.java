package io.ringtail.server.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own, started from the jar that the build packaged. */
public final class NodeProcess implements AutoCloseable {
    private static final long START_MILLIS = 30_000;
    private static final long STOP_SECONDS = 20;

    private final Process process;
    private final Path directory;
    private final int port;

    private NodeProcess(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    /**
     * Starts {@code serve} with these arguments on a free port of loopback and waits until it
     * listens.
     */
    public static NodeProcess serve(String... arguments) throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("ringtail-node");
        var ports = directory.resolve("ports");
        var command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx64m",
                        "-XX:MaxDirectMemorySize=512m", "-jar", jar().toString(), "serve", "-p",
                        "-1"));
        command.addAll(List.of(arguments));
        if (!command.contains("--metrics")) {
            command.addAll(List.of("--metrics", "off"));
        }
        var builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        builder.environment().put("MEMCACHED_PORT_FILENAME", ports.toString());
        var process = builder.start();
        return new NodeProcess(process, directory, portOf(process, ports, directory));
    }

    private static Path jar() {
        var jar = Path.of("target", "ringtail.jar").toAbsolutePath();
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    jar + " is missing: integration tests run after `package`");
        }
        return jar;
    }

    /** A port beside the clients', as the file with the ports names it: METRICS. */
    public int port(String name) throws IOException {
        return Files.readAllLines(directory.resolve("ports"))
                .stream()
                .filter(line -> line.startsWith(name + ": "))
                .mapToInt(line -> Integer.parseInt(line.substring(name.length() + 2)))
                .findFirst()
                .orElseThrow();
    }

    private static int portOf(Process process, Path ports, Path directory)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
        while (System.nanoTime() < end && process.isAlive()) {
            if (Files.exists(ports)) {
                for (var line : Files.readAllLines(ports)) {
                    if (line.startsWith("TCP INET: ")) {
                        return Integer.parseInt(line.substring("TCP INET: ".length()).trim());
                    }
                }
            }
            process.waitFor(10, TimeUnit.MILLISECONDS);
        }
        process.destroyForcibly();
        throw new IOException(
                "the node did not start: " + Files.readString(directory.resolve("log")));
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public Process process() {
        return process;
    }

    /** What the node printed so far. */
    public String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    public Socket connect() throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        socket.setSoTimeout(30_000);
        return socket;
    }

    /** Resident memory in bytes, as Linux reports it. */
    public long residentBytes() throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
            }
        }
        throw new IOException("no VmRSS of pid=" + pid());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the node did not stop within seconds=" + STOP_SECONDS);
        }
    }
}
