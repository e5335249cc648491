package io.ringtail.server.wire;

import io.ringtail.server.testing.PortsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real memcached on a port that it picks itself. The system property {@code ringtail.memcached}
 * names another binary than the one on the PATH.
 */
final class MemcachedProcess implements WireServer {
    /**
     * More memory than a test fills, and no thread in the background that holds items for moments.
     */
    static final String[] STEADY = {"-m", "1024", "-o", "no_lru_maintainer,no_lru_crawler"};

    private final Process process;
    private final Path directory;
    private final Path log;
    private final int port;
    private final String name;

    private MemcachedProcess(Path program, List<String> arguments) throws Exception {
        directory = Files.createTempDirectory("memcached");
        log = directory.resolve("log");
        Path portFile = directory.resolve("port");
        List<String> command = new ArrayList<>(List.of(program.toString(), "-l", "127.0.0.1", "-p",
                "-1", "-U", "0", "-u", System.getProperty("user.name")));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put(PortsFile.VARIABLE, portFile.toString());
        process = builder.start();
        name = program.getFileName() + " " + String.join(" ", arguments);
        port = PortsFile.firstPort(portFile, process, PortsFile.contents(log));
    }

    /**
     * Starts Debian's memcached (or the one that was asked for) with more memory than a test fills.
     */
    static MemcachedProcess start(String... arguments) {
        String other = System.getProperty("ringtail.memcached");
        return start(other == null ? Programs.find("memcached") : Path.of(other), arguments);
    }

    static MemcachedProcess start(Path program, String... arguments) {
        try {
            return new MemcachedProcess(program, List.of(arguments));
        } catch (Exception e) {
            throw new IllegalStateException("memcached cannot be started", e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
