package io.ringtail.server.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.testing.Patience;
import io.ringtail.server.wire.NodeInProcess;
import io.ringtail.server.wire.Programs;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Client libraries in their own languages. What a script prints last is {@code ok}. */
class ScriptedClientsIT {
    /**
     * The system's own Python, which sees Debian's modules, before one that is first on the PATH.
     */
    private static final Path SYSTEM_PYTHON = Path.of("/usr/bin/python3");
    private static final int MEMCCAPABLE_TESTS = 54;
    private static final long MOST_SECONDS = 300;

    private NodeInProcess node;

    @BeforeEach
    void start() {
        node = NodeInProcess.start();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void memccapablePassesAllItsTests() throws Exception {
        var shown = run(Programs.find("memccapable").toString(), "-h", "127.0.0.1", "-p",
                Integer.toString(node.port()), "-t", Integer.toString(Patience.SECONDS));
        long passed = shown.lines().filter(line -> line.endsWith("[pass]")).count();
        assertEquals(MEMCCAPABLE_TESTS, passed, shown);
        assertTrue(shown.contains("All tests passed"), shown);
    }

    @Test
    void pymemcacheWorks() throws Exception {
        script(python(), "pymemcache_client.py");
    }

    @Test
    void pylibmcWorks() throws Exception {
        script(python(), "pylibmc_client.py");
    }

    @Test
    void phpMemcachedWorks() throws Exception {
        script(Programs.find("php"), "php_memcached_client.php");
    }

    @Test
    void dalliWorks() throws Exception {
        script(Programs.find("ruby"), "dalli_client.rb");
    }

    @Test
    void perlsCacheMemcachedWorks() throws Exception {
        script(Programs.find("perl"), "cache_memcached_client.pl");
    }

    static Path python() {
        return Files.isExecutable(SYSTEM_PYTHON) ? SYSTEM_PYTHON : Programs.find("python3");
    }

    private void script(Path interpreter, String name)
            throws IOException, InterruptedException, URISyntaxException {
        var shown =
                run(interpreter.toString(), path(name).toString(), Integer.toString(node.port()));
        assertEquals("ok", shown.strip());
    }

    static Path path(String name) throws URISyntaxException {
        var resource = ScriptedClientsIT.class.getResource("/clients/" + name);
        return Path.of(Objects.requireNonNull(resource, name).toURI());
    }

    /** Runs a program and returns what it printed; fails where it fails or hangs. */
    static String run(String... command) throws IOException, InterruptedException {
        var log = Files.createTempFile("client", ".log");
        var process = new ProcessBuilder(List.of(command)).redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
            var shown = Files.readString(log, StandardCharsets.ISO_8859_1);
            assertTrue(ended, () -> "still running: " + List.of(command) + "\n" + shown);
            assertEquals(0, process.exitValue(), () -> List.of(command)
                    + " (a missing library is installed by ./ringtail test)\n" + shown);
            return shown;
        } finally {
            process.destroyForcibly();
            Files.delete(log);
        }
    }
}
