package io.ringtail.server.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.testing.Lines;
import io.ringtail.server.testing.Patience;
import io.ringtail.server.testing.PortsFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A ringtail command in a process of its own, from the jar that the build packaged. */
final class Launched implements AutoCloseable {
    /**
     * What is started in the background or by nohup ignores signals, and so does all that it
     * starts: the virtual machine keeps to that.
     */
    private static final List<String> HEAR_SIGNALS =
            Files.exists(Path.of("/proc/self")) ? List.of("env", "--default-signal") : List.of();

    private final Process process;
    private final Path folder;

    private Launched(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** Starts a command; its ports, output and errors go to files in the folder. */
    static Launched start(Path folder, String... arguments) throws IOException {
        return start(folder, Map.of(), arguments);
    }

    static Launched start(Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        return startBy(List.of(), folder, environment, arguments);
    }

    /** Another command starts ringtail, and becomes it. */
    static Launched startBy(List<String> starter, Path folder, Map<String, String> environment,
            String... arguments) throws IOException {
        var jar = Path.of("target", "ringtail.jar").toAbsolutePath();
        assertTrue(Files.exists(jar), jar + " is missing: run after `package`");
        var command = new ArrayList<>(HEAR_SIGNALS);
        command.addAll(starter);
        command.addAll(List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx48m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "-jar", jar.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        Files.deleteIfExists(folder.resolve("ports"));
        builder.environment().put(PortsFile.VARIABLE, folder.resolve("ports").toString());
        builder.environment().putAll(environment);
        return new Launched(builder.start(), folder);
    }

    /** Waits until the file with the ports is there. */
    Launched listening() throws Exception {
        PortsFile.await(folder.resolve("ports"), process, this::said);
        return this;
    }

    List<Integer> ports(String transport) throws IOException {
        return PortsFile.ports(folder.resolve("ports"), transport);
    }

    /** A port beside the clients': METRICS. */
    int port(String name) throws IOException {
        return Files.readAllLines(folder.resolve("ports"))
                .stream()
                .filter(line -> line.startsWith(name + ": "))
                .mapToInt(line -> Integer.parseInt(line.substring(name.length() + 2)))
                .findFirst()
                .orElseThrow();
    }

    long pid() {
        return process.pid();
    }

    Process process() {
        return process;
    }

    /** The first line of the answer to one line on the first TCP port. */
    String ask(String line) throws IOException {
        return ask(ports("TCP").getFirst(), line);
    }

    static String ask(int port, String line) throws IOException {
        try (var socket = Lines.connect(port)) {
            Lines.send(socket, line + "\r\n");
            var reader = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return String.valueOf(reader.readLine());
        }
    }

    /** Sends a signal by its name without SIG. */
    Launched signal(String name) throws IOException, InterruptedException {
        signal(pid(), name);
        return this;
    }

    static void signal(long pid, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
    }

    int exitCode() throws InterruptedException {
        return Patience.exitCode(process, this::said);
    }

    String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    /** A line of /proc/PID/FILE that starts with this. */
    static String proc(long pid, String file, String start) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), file))
                .stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElse("");
    }

    private String said() {
        try {
            return out() + err();
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        Patience.exitCode(process, this::said);
    }
}
