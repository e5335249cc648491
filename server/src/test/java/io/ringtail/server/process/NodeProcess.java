package io.ringtail.server.process;

import io.ringtail.server.testing.Lines;
import io.ringtail.server.testing.Patience;
import io.ringtail.server.testing.PortsFile;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A node in a process of its own, started from the jar that the build packaged. */
public final class NodeProcess implements AutoCloseable {
    /**
     * For tests that measure how resident memory grows: the heap is resident from the start, and
     * one small compiler is all that the virtual machine adds.
     */
    public static final List<String> STEADY_MEMORY =
            List.of("-Xms64m", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1");

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
    public static NodeProcess serve(String... arguments) throws Exception {
        return serve(List.of(), arguments);
    }

    /** As {@link #serve(String...)}, with more options of the virtual machine. */
    public static NodeProcess serve(List<String> machine, String... arguments) throws Exception {
        var directory = Files.createTempDirectory("ringtail-node");
        var ports = directory.resolve("ports");
        var builder = builder(directory, machine, arguments);
        builder.environment().put(PortsFile.VARIABLE, ports.toString());
        var process = builder.start();
        return new NodeProcess(process, directory,
                PortsFile.firstPort(ports, process, PortsFile.contents(directory.resolve("log"))));
    }

    /** What became of a node that does not start: its exit code, and what it printed. */
    public record Refusal(int exitCode, String log) {}

    /** Starts {@code serve} with arguments that it refuses. */
    public static Refusal refusal(String... arguments) throws Exception {
        var directory = Files.createTempDirectory("ringtail-node");
        var log = PortsFile.contents(directory.resolve("log"));
        var process = builder(directory, List.of(), arguments).start();
        return new Refusal(Patience.exitCode(process, log), log.get());
    }

    private static ProcessBuilder builder(Path directory, List<String> machine,
            String... arguments) {
        var command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx64m",
                        "-XX:MaxDirectMemorySize=512m"));
        command.addAll(machine);
        command.addAll(List.of("-jar", jar().toString(), "serve"));
        command.addAll(List.of(arguments));
        if (!command.contains("--http")) {
            command.addAll(List.of("--http", "off"));
        }
        if (!command.contains("-p")) {
            command.addAll(List.of("-p", "-1"));
        }
        if (!command.contains("--metrics")) {
            command.addAll(List.of("--metrics", "off"));
        }
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
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
        return Lines.connect(port);
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
        Patience.exitCode(process, () -> "the node does not stop");
    }
}
