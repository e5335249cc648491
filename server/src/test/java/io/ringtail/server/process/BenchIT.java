package io.ringtail.server.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.wire.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ringtail bench} runs, tells honest servers from others, and its statistics are right. */
class BenchIT {
    private static final Path FOLDER = Path.of("..", "bench").toAbsolutePath().normalize();
    private static final long MOST_SECONDS = 120;
    private static final int DATA_LOST = 1;
    private static final int USAGE = 64;
    private static final int UNAVAILABLE = 69;

    @TempDir private Path directory;

    private record Ended(int code, String shown) {}

    @Test
    void itsOwnTestsPass() throws Exception {
        var ended = run("-m", "unittest", "discover", "-s", "tests");
        assertEquals(0, ended.code(), ended.shown());
        assertTrue(ended.shown().contains("\nOK"), ended.shown());
    }

    @Test
    void comparesServersThatKeepTheirItems() throws Exception {
        var ended = bench("cpu", "--rows", "set,mget50", "-m", "64");
        assertEquals(0, ended.code(), ended.shown());
        assertTrue(ended.shown().contains("\"failures\": []"), ended.shown());
        assertEquals(2, ended.shown().split("\"row\": ").length - 1, ended.shown());
    }

    @Test
    void comparesTheSidePortWithAFixedAnswer() throws Exception {
        var ended = bench("http", "--rows", "get,pipe20");
        assertEquals(0, ended.code(), ended.shown());
        assertTrue(ended.shown().contains("\"failures\": []"), ended.shown());
        assertEquals(2, ended.shown().split("\"row\": ").length - 1, ended.shown());
    }

    @Test
    void failsWhereAServerLosesItems() throws Exception {
        var ended = bench("cpu", "--rows", "get", "-m", "4");
        assertEquals(DATA_LOST, ended.code(), ended.shown());
        assertTrue(ended.shown().contains("lost keys"), ended.shown());
    }

    @Test
    void saysWhatIsMissingOrWrong() throws Exception {
        var missing = run("bench.py", "cpu", "--memcached", "/nowhere/memcached");
        assertEquals(UNAVAILABLE, missing.code(), missing.shown());
        assertTrue(missing.shown().contains("There is no /nowhere/memcached"), missing.shown());
        var wrong = bench("cpu", "--rows", "nothing");
        assertEquals(USAGE, wrong.code(), wrong.shown());
        assertTrue(wrong.shown().contains("there is no row nothing"), wrong.shown());
    }

    private Ended bench(String table, String... options) throws Exception {
        var words = new ArrayList<>(List.of("bench.py", table, "--ringtail", launcher().toString(),
                "--rounds", "1", "--secs", "0.2", "--warm", "0.2"));
        words.addAll(List.of(options));
        return run(words.toArray(String[]::new));
    }

    /** Starts what the build packaged. */
    private Path launcher() throws IOException {
        var java = ProcessHandle.current().info().command().orElse("java");
        var jar = Path.of("target", "ringtail.jar").toAbsolutePath();
        var script = Files.writeString(directory.resolve("ringtail"),
                "#!/bin/sh\nexec '" + java + "' --enable-native-access=ALL-UNNAMED"
                        + " -XX:+UseSerialGC -Xmx64m -jar '" + jar + "' \"$@\"\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private Ended run(String... words) throws Exception {
        var command = new ArrayList<>(List.of(Programs.find("python3").toString(), "-B"));
        command.addAll(List.of(words));
        var log = Files.createTempFile(directory, "bench", ".log");
        var process = new ProcessBuilder(command).directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroy();
            throw new IOException("bench did not end: " + Files.readString(log));
        }
        return new Ended(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
    }
}
