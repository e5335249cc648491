package io.ringtail.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** The file in which a server says where it listens (MEMCACHED_PORT_FILENAME). */
public final class PortsFile {
    public static final String VARIABLE = "MEMCACHED_PORT_FILENAME";

    private PortsFile() {}

    /**
     * Waits until the server has written the file, and returns its first TCP port. Where it does
     * not, the server is ended, and the test fails with what the server said.
     */
    public static int firstPort(Path file, Process server, Supplier<String> said) throws Exception {
        await(file, server, said);
        return ports(file, "TCP").getFirst();
    }

    /** Waits until the server has written the file, all of it. */
    public static void await(Path file, Process server, Supplier<String> said) throws Exception {
        try {
            Patience.until(() -> Files.exists(file) || !server.isAlive(), said);
            if (!Files.exists(file)) {
                throw new AssertionError("the server ended: " + said.get());
            }
        } catch (AssertionError e) {
            server.destroyForcibly();
            throw e;
        }
    }

    /** The ports of {@code transport}: TCP or UDP. */
    public static List<Integer> ports(Path file, String transport) throws IOException {
        var start = transport + " INET: ";
        return Files.readAllLines(file)
                .stream()
                .filter(line -> line.startsWith(start))
                .map(line -> Integer.valueOf(line.substring(start.length()).strip()))
                .toList();
    }

    /** What is in a file, for messages. */
    public static Supplier<String> contents(Path log) {
        return () -> {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                return e.toString();
            }
        };
    }
}
