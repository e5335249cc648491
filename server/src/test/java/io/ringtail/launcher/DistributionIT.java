package io.ringtail.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.testing.Lines;
import io.ringtail.server.testing.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher beside the packaged jar, with no sources around: what an archive would hold. */
final class DistributionIT {
    private static final String SAY_READY = "listens on";

    @TempDir private Path folder;

    @BeforeEach
    void unpack() throws IOException {
        Files.copy(Path.of("../ringtail"), folder.resolve("ringtail"),
                StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(Path.of("target/ringtail.jar"), folder.resolve("ringtail.jar"));
    }

    /**
     * Processor time, because elapsed time would measure what else the machine does; several times
     * what it takes here, because machines differ.
     */
    @Test
    void secondStartTakesTheCacheAndIsCheap() throws Exception {
        try (var first = new Started(folder)) {
            assertTrue(first.reply("version").startsWith("VERSION 1.6."));
            assertTrue(first.commandLine().contains("-XX:AOTCache="), first.commandLine());
        }
        try (var second = new Started(folder)) {
            assertEquals("STORED", second.reply("set a 0 0 1\r\n1"));
            var used = second.process.info().totalCpuDuration().orElseThrow();
            assertTrue(used.compareTo(Duration.ofSeconds(3)) < 0, "cpu=" + used);
            assertEquals("", Files.readString(second.errors));
        }
    }

    @Test
    void launcherBecomesTheServerAndEndsWithItsExitCode() throws Exception {
        try (var started = new Started(folder)) {
            assertEquals("STAT pid " + started.process.pid(), started.reply("stats"));
            started.process.destroy();
            assertEquals(0, Patience.exitCode(started.process, () -> "the launcher"));
        }
    }

    private static final class Started implements AutoCloseable {
        final Path errors;
        final Process process;
        private final int port;

        Started(Path folder) throws IOException {
            errors = folder.resolve("errors");
            var builder = new ProcessBuilder(folder.resolve("ringtail").toString(), "serve", "-p",
                    "-1", "-m", "16").redirectError(errors.toFile());
            builder.environment().put("RINGTAIL_JAVA", System.getProperty("java.home"));
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            process = builder.start();
            port = portOf(firstLine());
        }

        private String firstLine() throws IOException {
            var line = new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (line == null) {
                throw new IOException("it did not start: " + Files.readString(errors));
            }
            return line;
        }

        private static int portOf(String line) {
            assertTrue(line.contains(SAY_READY), line);
            var address = line.substring(line.indexOf(SAY_READY)).split(" ", -1)[2];
            return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        }

        String reply(String command) throws IOException {
            try (var socket = Lines.connect(port)) {
                Lines.send(socket, command + "\r\n");
                return Lines.read(socket);
            }
        }

        String commandLine() {
            return process.info().commandLine().orElseThrow();
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor();
        }
    }
}
