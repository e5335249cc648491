package io.ringtail.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.deployment.Container.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image as docker/Dockerfile makes it, in a folder, and what it holds when it is started. */
final class ImageIT {
    private static final Path REPOSITORY = Path.of("..");
    private static final long IMAGE_BYTES = 100_000_000;
    private static final int PATIENCE_SECONDS = 60;
    private static final List<String> ON_FREE_PORTS = List.of("serve", "-p", "-1", "-l",
            "127.0.0.1", "-m", "64", "--http", "127.0.0.1:0", "--metrics", "127.0.0.1:0");

    /** For parts of libraries that a node never comes to. */
    private static final Set<String> NEVER_CALLED =
            Set.of("java.compiler", "java.desktop", "java.sql");

    @TempDir private static Path folder;
    private static Dockerfile dockerfile;
    private static Container container;
    private Process node;

    @BeforeAll
    static void build() throws Exception {
        dockerfile = Dockerfile.read(REPOSITORY.resolve("docker/Dockerfile"));
        var root = new ImageBuild(REPOSITORY, folder).run(dockerfile);
        container = Container.of(root, dockerfile.last("USER").arguments());
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (node != null) {
            node.destroy();
            assertTrue(node.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
    }

    @Test
    void isSmallerThanHundredMegabytes() throws IOException {
        long size = ImageBuild.size(container.root());
        assertTrue(size < IMAGE_BYTES, "size=" + size);
    }

    @Test
    void startsAsAnUnprivilegedUserWithItsAotCacheAndServes() throws Exception {
        startNode();
        assertEquals("STORED", reply("set a 0 0 1\r\n1"));
        assertEquals("VALUE a 0 1", reply("get a"));
        var process = Path.of("/proc", Long.toString(node.pid()));
        assertTrue(Files.readString(process.resolve("maps")).contains("/opt/ringtail/node.aot"));
        if (container.isIsolated()) {
            assertTrue(Files.readString(process.resolve("status")).contains("\nUid:\t10001\t"));
            assertEquals(container.root(), process.resolve("root").toRealPath());
        }
    }

    @Test
    void healthCheckTellsANodeThatAnswersFromOneThatDoesNot() throws Exception {
        startNode();
        var check = new ArrayList<>(dockerfile.healthCheck());
        check.add(check.removeLast().replace(":8080/", ":" + port("HTTP") + "/"));
        var healthy = container.execute(check);
        assertEquals(new Outcome(0, ""), healthy);
        stop();
        assertEquals(1, container.execute(check).exitCode());
    }

    @Test
    void takesTheArgumentsOfDockerfileAndComposeFile() throws Exception {
        for (var command : List.of(dockerfile.last("CMD").json(),
                ComposeFile.read(REPOSITORY).command("ringtail"))) {
            var arguments = new ArrayList<>(command);
            arguments.add("--print-config");
            var outcome = run(arguments);
            assertEquals(0, outcome.exitCode(), outcome.output());
            assertShows(outcome, "port: 11211", "listen: 0.0.0.0", "http: 0.0.0.0:8080",
                    "metrics: 0.0.0.0:9101");
        }
        assertEquals(List.of(11211, 8080, 9101), dockerfile.ports());
    }

    @Test
    void putsLoadOnANodeAsTheComposeFileSays() throws Exception {
        startNode();
        var command = String.join(" ", ComposeFile.read(REPOSITORY).command("loadgen"))
                .replace("ringtail:11211", "localhost:" + port("TCP INET"))
                .replace("0.0.0.0:9090", "off");
        var outcome = run(List.of((command + " --duration 1s").split(" ")));
        assertEquals(0, outcome.exitCode(), outcome.output());
        assertTrue(Long.parseLong(statistic("cmd_get")) > 0, outcome.output());
    }

    @Test
    void holdsTheModulesThatTheJarNeeds() throws Exception {
        var jdeps = new ProcessBuilder(System.getProperty("java.home") + "/bin/jdeps",
                "--multi-release", "25", "--ignore-missing-deps", "--print-module-deps",
                container.root().resolve("opt/ringtail/ringtail.jar").toString())
                .redirectErrorStream(true)
                .start();
        var needed = new String(jdeps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, jdeps.waitFor(), needed);
        var linked = dockerfile.all("RUN")
                .stream()
                .filter(it -> it.arguments().startsWith("jlink "))
                .map(it -> it.words().getLast())
                .findFirst()
                .orElseThrow();
        var modules = new TreeSet<>(List.of(needed.trim().split(",")));
        modules.removeAll(NEVER_CALLED);
        modules.removeAll(List.of(linked.split(",")));
        assertEquals(Set.of(), modules, "missing");
    }

    private static void assertShows(Outcome outcome, String... settings) {
        for (var setting : settings) {
            assertTrue(outcome.output().lines().anyMatch(it -> it.startsWith(setting + " ")),
                    setting + " is not in " + outcome.output());
        }
    }

    private static Outcome run(List<String> arguments) throws Exception {
        return container.execute(entryPoint(arguments));
    }

    private static List<String> entryPoint(List<String> arguments) {
        var command = new ArrayList<>(dockerfile.last("ENTRYPOINT").json());
        command.addAll(arguments);
        return command;
    }

    private void startNode() throws Exception {
        Files.deleteIfExists(ports());
        var log = folder.resolve("node.log");
        node = container.start(entryPoint(ON_FREE_PORTS), log);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(ports())) {
            assertTrue(node.isAlive() && System.nanoTime() < end, Files.readString(log));
            node.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    private static Path ports() {
        return container.root().resolve("tmp/ports");
    }

    private static int port(String name) throws IOException {
        return Files.readAllLines(ports())
                .stream()
                .filter(line -> line.startsWith(name + ": "))
                .mapToInt(line -> Integer.parseInt(line.substring(name.length() + 2)))
                .findFirst()
                .orElseThrow();
    }

    private static String statistic(String name) throws IOException {
        try (var socket = connect()) {
            var reader = ask(socket, "stats");
            var line = reader.readLine();
            while (!line.startsWith("STAT " + name + " ")) {
                line = reader.readLine();
            }
            return line.split(" ")[2];
        }
    }

    private static String reply(String command) throws IOException {
        try (var socket = connect()) {
            return ask(socket, command).readLine();
        }
    }

    private static Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port("TCP INET"));
        socket.setSoTimeout(PATIENCE_SECONDS * 1000);
        return socket;
    }

    private static BufferedReader ask(Socket socket, String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }
}
