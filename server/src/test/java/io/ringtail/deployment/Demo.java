package io.ringtail.deployment;

import io.ringtail.server.testing.FreePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code ./ringtail demo} on free ports, and all processes that it started. */
final class Demo implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    private static final int TRIES = 3;
    private static final int PORT_TAKEN = 69;
    private static final List<String> PORT_OPTIONS =
            List.of("--port", "--http", "--metrics", "--load-metrics", "--prometheus");

    private final Process process;
    private final Path output;
    private final List<Integer> ports;
    private List<ProcessHandle> descendants = List.of();

    private Demo(Process process, Path output, List<Integer> ports) {
        this.process = process;
        this.output = output;
        this.ports = ports;
    }

    /**
     * Waits until there is load on it. What it writes goes to folder/temporary. The first free
     * ports may be somebody else's a moment later.
     */
    static Demo start(Path folder, String... options) throws IOException, InterruptedException {
        for (int i = 1;; i++) {
            var demo = launch(folder, options);
            if (demo.isLoaded()) {
                demo.descendants = demo.process.descendants().toList();
                return demo;
            }
            if (i == TRIES || demo.exitCode() != PORT_TAKEN) {
                demo.close();
                throw new AssertionError(demo.output());
            }
        }
    }

    /** A process in the background may ignore SIGINT, and a shell then cannot but do so, too. */
    private static Demo launch(Path folder, String... options) throws IOException {
        var ports = FreePorts.take(PORT_OPTIONS.size());
        var command = new ArrayList<>(List.of("env", "--default-signal=INT,TERM,HUP",
                folder.resolve("ringtail").toString(), "demo", "--rate", "200"));
        for (int i = 0; i < PORT_OPTIONS.size(); i++) {
            command.addAll(List.of(PORT_OPTIONS.get(i), ports.get(i).toString()));
        }
        command.addAll(List.of(options));
        var output = folder.resolve("output");
        var builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("RINGTAIL_JAVA", System.getProperty("java.home"));
        builder.environment().put("TMPDIR", Files.createDirectories(temporary(folder)).toString());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return new Demo(builder.start(), output, ports);
    }

    private boolean isLoaded() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            if (output().contains(" op/s ")) {
                return true;
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        return false;
    }

    /** The port that was asked for by this option. */
    int port(String option) {
        return ports.get(PORT_OPTIONS.indexOf(option));
    }

    List<Integer> ports() {
        return ports;
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    /** Those that run a program of this name. */
    List<ProcessHandle> descendants(String program) {
        return descendants.stream()
                .filter(it -> it.info().command().orElse("").endsWith("/" + program))
                .toList();
    }

    /** By their ids; and whoever else has its environment, whosever child it is by now. */
    List<ProcessHandle> survivors() {
        return Stream
                .concat(descendants.stream(),
                        ProcessHandle.allProcesses().filter(this::hasItsEnvironment))
                .filter(ProcessHandle::isAlive)
                .distinct()
                .toList();
    }

    private boolean hasItsEnvironment(ProcessHandle other) {
        try {
            var environment = Path.of("/proc", Long.toString(other.pid()), "environ");
            return Files.readString(environment, StandardCharsets.ISO_8859_1)
                    .contains("TMPDIR=" + temporary(output.getParent()) + "\0");
        } catch (IOException e) {
            // It ended, or is somebody else's.
            return false;
        }
    }

    static Path temporary(Path folder) {
        return folder.resolve("temporary");
    }

    /** Waits while it runs. */
    void runFor(Duration time) throws InterruptedException {
        if (process.waitFor(time)) {
            throw new AssertionError("it ended: exit code " + process.exitValue());
        }
    }

    void signal(String name) throws IOException, InterruptedException {
        Execution.of(Path.of("."), "kill", "-" + name, Long.toString(process.pid())).succeeded();
    }

    int exitCode() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end: " + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            process.destroy();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
        descendants.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }
}
