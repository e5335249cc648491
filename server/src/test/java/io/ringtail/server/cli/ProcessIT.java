package io.ringtail.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.testing.Certificates;
import io.ringtail.server.testing.Lines;
import io.ringtail.server.testing.Patience;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process as its flags ask for it: ports, files, limits, user, background, signals. */
final class ProcessIT {
    private static final String SMALL = "2";
    /** A system that allows 4096 files, and root no more of them. */
    private static final List<String> FEW_FILES =
            List.of("prlimit", "--nofile=4096:4096", "setpriv", "--bounding-set=-sys_resource");

    @TempDir private Path folder;

    @Test
    void writesThePortsThatWereBound() throws Exception {
        try (var node = memcached("-l", "127.0.0.1:0,127.0.0.1:0", "-U", "-1").listening()) {
            assertEquals(2, node.ports("TCP").size());
            assertEquals(2, node.ports("UDP").size());
            for (int port : node.ports("TCP")) {
                assertEquals("VERSION 1.6.45", Launched.ask(port, "version"));
            }
            assertEquals("VERSION 1.6.45", askByDatagram(node.ports("UDP").getLast()));
        }
    }

    private static String askByDatagram(int port) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(Patience.MILLIS);
            var request = "\0\1\0\0\0\1\0\0version\r\n".getBytes(StandardCharsets.ISO_8859_1);
            socket.send(new DatagramPacket(request, request.length,
                    InetAddress.getLoopbackAddress(), port));
            var reply = new DatagramPacket(new byte[1400], 1400);
            socket.receive(reply);
            return new String(reply.getData(), 8, reply.getLength() - 10,
                    StandardCharsets.US_ASCII);
        }
    }

    @Test
    void listensOnNoTcpPortWhereItIs0() throws Exception {
        try (var node = memcached("-l", "127.0.0.1", "-p", "0", "-U", "-1").listening()) {
            assertEquals(List.of(), node.ports("TCP"));
            assertEquals(1, node.ports("UDP").size());
        }
    }

    @Test
    void aUnixSocketTakesTheNetworksPlace() throws Exception {
        var socket = folder.resolve("socket");
        try (var node = memcached("-s", socket.toString(), "-a", "0750").listening()) {
            assertEquals(List.of(), node.ports("TCP"));
            assertEquals("rwxr-x---",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
            try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(socket));
                channel.write(ByteBuffer.wrap("version\r\n".getBytes(StandardCharsets.US_ASCII)));
                var reply = ByteBuffer.allocate(100);
                channel.read(reply);
                assertTrue(
                        new String(reply.array(), StandardCharsets.US_ASCII).startsWith("VERSION"));
            }
        }
        assertFalse(Files.exists(socket));
    }

    @Test
    void theDropInFormIsSilent() throws Exception {
        try (var node = memcached("-l", "127.0.0.1", "-p", "-1").listening()) {
            assertEquals("VERSION 1.6.45", node.ask("version"));
            assertEquals(0, node.signal("TERM").exitCode());
            assertEquals("", node.out() + node.err());
        }
    }

    @Test
    void verboseSpeaks() throws Exception {
        try (var node = memcached("-l", "127.0.0.1", "-p", "-1", "-v").listening()) {
            assertEquals(0, node.signal("TERM").exitCode());
            assertTrue(node.err().contains("Exiting normally"), node.err());
        }
    }

    @Test
    void veryVerboseShowsCommandsAndReplies() throws Exception {
        try (var node = memcached("-l", "127.0.0.1", "-p", "-1", "-vv").listening();
                var client = Lines.connect(node.ports("TCP").getFirst())) {
            Lines.send(client, "set a 0 0 1\r\nx\r\nget b a\r\nmg a v\r\nset \1 x\r\nmn\r\n");
            for (var line = Lines.read(client); !line.equals("MN");) {
                line = Lines.read(client);
            }
            for (var said : List.of("set a 0 0 1", "get b a", "mg a v", "set ? x", "mn")) {
                awaitTrue(
                        () -> node.err().matches("(?s).*<[0-9]+ " + Pattern.quote(said) + "\n.*"));
            }
            for (var said : List.of("STORED", "sending key a", "END", "VA 1", "ERROR", "MN")) {
                awaitTrue(() -> node.err().matches("(?s).*>[0-9]+ " + said + "\n.*"));
            }
            Lines.send(client, "verbosity 0\r\nget unheard\r\n");
            assertEquals("OK", Lines.read(client));
            assertEquals("END", Lines.read(client));
            assertEquals(0, node.signal("TERM").exitCode());
            assertFalse(node.err().contains("unheard"), node.err());
        }
    }

    @Test
    void binaryIsShownInHexadecimal() throws Exception {
        try (var node = memcached("-l", "127.0.0.1", "-p", "-1", "-vv").listening();
                var client = Lines.connect(node.ports("TCP").getFirst())) {
            Lines.send(client, "\u0080\n" + "\0".repeat(22));
            assertEquals(24, client.getInputStream().readNBytes(24).length);
            awaitTrue(() -> node.err().contains(" Read binary protocol data: 0x80 0x0a 0x00")
                    && node.err().contains(" Writing bin response: 0x81 0x0a 0x00"));
        }
    }

    @Test
    void serveSaysWhereItListens() throws Exception {
        try (var node = start("serve", "-p", "-1", "-m", SMALL, "--metrics", "off", "--http", "off")
                .listening()) {
            assertEquals("VERSION 1.6.45", node.ask("version"));
            assertEquals(0, node.signal("TERM").exitCode());
            var port = node.ports("TCP").getFirst();
            assertTrue(node.out().contains("listens on 127.0.0.1:" + port + " (2 MB)"), node.out());
            assertEquals(1, node.out().lines().count());
            assertEquals("", node.err());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "USR1"})
    void stopsInAnOrderlyWay(String signal) throws Exception {
        try (var node = memcached("-l", "127.0.0.1", "-p", "-1").listening()) {
            assertEquals(0, node.signal(signal).exitCode());
        }
    }

    @Test
    void readsTheAuthFileAgainOnHangUp() throws Exception {
        var users = Files.writeString(folder.resolve("users"), "a:old\n");
        try (var node =
                memcached("-l", "127.0.0.1", "-p", "-1", "-Y", users.toString()).listening()) {
            assertEquals("STORED", node.ask("set x 0 0 5\r\na old"));
            Files.writeString(users, "a:new\n");
            node.signal("HUP");
            awaitTrue(() -> node.ask("set x 0 0 5\r\na new").equals("STORED"));
            assertEquals("CLIENT_ERROR authentication failure", node.ask("set x 0 0 5\r\na old"));
        }
    }

    @Test
    void readsTheCertificatesAgainOnHangUp() throws Exception {
        Certificates.write(folder, "old");
        try (var node = memcached("-l", "127.0.0.1", "-p", "-1", "-Z", "-o", "ssl_chain_cert="
                + folder.resolve("cert.pem") + ",ssl_key=" + folder.resolve("key.pem"))
                .listening()) {
            int port = node.ports("TCP").getFirst();
            assertEquals("CN=old", Certificates.subject(port));
            Certificates.write(folder, "new");
            node.signal("HUP");
            awaitTrue(() -> Certificates.subject(port).equals("CN=new"));
            Files.writeString(folder.resolve("cert.pem"), "rubbish");
            node.signal("HUP");
            awaitTrue(() -> node.err().contains("certificates stay as they were"));
            assertEquals("CN=new", Certificates.subject(port));
        }
    }

    @Test
    void shutdownEndsTheProcessWhereItIsAllowed() throws Exception {
        try (var node = memcached("-l", "127.0.0.1", "-p", "-1", "-A").listening()) {
            node.ask("shutdown");
            assertEquals(0, node.exitCode());
        }
        try (var node = memcached("-l", "127.0.0.1", "-p", "-1").listening()) {
            assertEquals("SERVER_ERROR: shutdown not enabled", node.ask("shutdown"));
        }
    }

    @Test
    void writesThePidAndRemovesItAtTheEnd() throws Exception {
        var file = folder.resolve("pid");
        try (var node =
                memcached("-l", "127.0.0.1", "-p", "-1", "-P", file.toString()).listening()) {
            assertEquals(node.pid() + "\n", Files.readString(file));
            assertEquals(0, node.signal("TERM").exitCode());
            assertFalse(Files.exists(file));
        }
    }

    @Test
    void aPidFileThatCannotBeWrittenReturns69() throws Exception {
        try (var node = memcached("-l", "127.0.0.1", "-p", "-1", "-P", "/nowhere/pid")) {
            assertEquals(ExitCode.UNAVAILABLE, node.exitCode());
            assertEquals("ringtail: -P: cannot write the file /nowhere/pid\n", node.err());
        }
    }

    @Test
    void becomesTheUserInAllThreads() throws Exception {
        onLinuxAsRoot();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        var socket = folder.resolve("socket");
        try (var node = start("memcached", "-u", "nobody", "-m", SMALL, "-s", socket.toString())
                .listening()) {
            awaitTrue(() -> !Files.getAttribute(socket, "unix:uid").equals(0));
            var nobody = Files.getAttribute(socket, "unix:uid");
            awaitTrue(() -> uids(node.pid()).stream().allMatch(uid -> uid.equals(nobody)));
            assertEquals(nobody + "", Launched.proc(node.pid(), "status", "Uid:").split("\t")[3]);
            assertFalse(Arrays.asList(Launched.proc(node.pid(), "status", "Groups:").split("\\s"))
                    .contains("0"));
            assertEquals(0, node.signal("TERM").exitCode());
            assertFalse(Files.exists(socket));
        }
    }

    private static List<Integer> uids(long pid) throws IOException {
        try (var tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return tasks.map(task -> {
                try {
                    return (Integer) Files.getAttribute(task, "unix:uid");
                } catch (IOException e) {
                    return -1;
                }
            }).toList();
        }
    }

    @Test
    void raisesTheCoreLimitAndLocksMemory() throws Exception {
        onLinuxAsRoot();
        try (var node = memcached("-l", "127.0.0.1", "-p", "-1", "-r", "-k").listening()) {
            assertTrue(Launched.proc(node.pid(), "limits", "Max core file size")
                    .matches(".*unlimited +unlimited.*"));
            assertFalse(Launched.proc(node.pid(), "status", "VmLck:").endsWith(" 0 kB"));
            assertEquals("VERSION 1.6.45", node.ask("version"));
        }
    }

    @Test
    void startsSoManyEventLoopsAndAsksForTheBacklog() throws Exception {
        try (var node =
                memcached("-l", "127.0.0.1", "-p", "-1", "-t", "3", "-b", "77").listening()) {
            awaitTrue(() -> threads(node.pid()).stream()
                    .filter(name -> name.startsWith("loop-"))
                    .count() == 3);
            var sockets = new ProcessBuilder("ss", "-Hltn", "sport", "=",
                    ":" + node.ports("TCP").getFirst()).start();
            var line =
                    new String(sockets.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertEquals("77", line.strip().split(" +")[2], line);
        }
    }

    private static List<String> threads(long pid) throws IOException {
        try (var tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return tasks.map(task -> {
                try {
                    return Files.readString(task.resolve("comm"));
                } catch (IOException e) {
                    return "";
                }
            }).toList();
        }
    }

    @Test
    void asksForHugePagesAheadOfWhatIsStored() throws Exception {
        try (var node = memcached("-m", "63", "-l", "127.0.0.1", "-p", "-1", "-L").listening()) {
            store(node);
            awaitTrue(() -> hugePageMappings(node.pid()) > 0);
        }
        try (var node = memcached("-m", "63", "-l", "127.0.0.1", "-p", "-1").listening()) {
            store(node);
            assertEquals(0, hugePageMappings(node.pid()));
        }
    }

    /** Stores some MiB. */
    private static void store(Launched node) throws IOException {
        try (var client = Lines.connect(node.ports("TCP").getFirst())) {
            for (int i = 0; i < 8; i++) {
                Lines.send(client,
                        "set big" + i + " 0 0 500000\r\n" + "x".repeat(500_000) + "\r\n");
                assertEquals("STORED", Lines.read(client));
            }
        }
    }

    private static long hugePageMappings(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps"))) {
            return lines.filter(line -> line.matches("VmFlags:.* hg( .*)?")).count();
        }
    }

    @Test
    void moreConnectionsThanTheSystemAllowsReturn69() throws Exception {
        try (var node = Launched.startBy(FEW_FILES, folder, Map.of(), "memcached", "-u", "root",
                "-m", SMALL, "-l", "127.0.0.1", "-p", "-1", "-c", "10000")) {
            assertEquals(ExitCode.UNAVAILABLE, node.exitCode());
            assertTrue(node.err().startsWith("ringtail: -c: cannot have "), node.err());
        }
    }

    @Test
    void aTakenPortReturns69() throws Exception {
        try (var first = memcached("-l", "127.0.0.1", "-p", "-1").listening()) {
            var port = first.ports("TCP").getFirst();
            var second = Launched.start(Files.createDirectory(folder.resolve("2")), "serve", "-p",
                    port.toString());
            try (second) {
                assertEquals(ExitCode.UNAVAILABLE, second.exitCode());
                assertTrue(second.err().contains("127.0.0.1:" + port), second.err());
                assertTrue(second.err().contains("in use"), second.err());
            }
        }
    }

    @Test
    void aSidePortGivesWayUnlessItWasAskedFor() throws Exception {
        try (var taken = takenOrNot(9101);
                var node = start("serve", "-p", "-1", "-m", SMALL, "--http", "off")) {
            int port = node.listening().port("METRICS");
            assertNotEquals(9101, port);
            assertEquals("HTTP/1.1 200 OK", Launched.ask(port, "GET /metrics HTTP/1.1\r\n"));
            assertEquals(0, node.signal("TERM").exitCode());
            assertTrue(node.out().contains("  metrics: http://127.0.0.1:" + port + "/metrics\n"),
                    node.out());
            assertEquals("ringtail: port 9101 is taken: metrics on port " + port
                    + " (--metrics HOST:PORT, or --metrics off)\n", node.err());
        }
    }

    /** Takes a port of loopback, unless somebody else has it. */
    private static ServerSocket takenOrNot(int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (BindException e) {
            assertFalse(socket.isBound(), e.toString());
        }
        return socket;
    }

    @Test
    void aSidePortThatWasAskedForAndIsTakenReturns69() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var node = memcached("-l", "127.0.0.1", "-p", "-1", "--metrics",
                        "127.0.0.1:" + taken.getLocalPort())) {
            assertEquals(ExitCode.UNAVAILABLE, node.exitCode());
            assertTrue(node.err()
                    .startsWith("ringtail: cannot listen on 127.0.0.1:" + taken.getLocalPort()),
                    node.err());
        }
    }

    @Test
    void logsJsonWhereThatIsAskedFor() throws Exception {
        try (var node = start("serve", "-p", "-1", "-m", SMALL, "--metrics", "off", "--http", "off",
                "--log-format", "json", "-o", "slab_automove=2", "-vv").listening()) {
            assertEquals("VERSION 1.6.45", node.ask("version"));
            assertEquals(0, node.signal("TERM").exitCode());
            assertTrue(node.err().contains("\"message\":\"-o slab_automove: accepted"), node.err());
            for (var line : node.err().lines().toList()) {
                assertTrue(line.startsWith("{\"time\":\"20") && line.endsWith("\"}"), line);
            }
        }
    }

    @Test
    void runsInTheBackground() throws Exception {
        var file = folder.resolve("pid");
        try (var command = start("serve", "-d", "-m", SMALL, "-p", "-1", "-P", file.toString())) {
            assertEquals(0, command.exitCode());
            assertTrue(command.out().contains("listens on 127.0.0.1:"), command.out());
            var pid = Long.parseLong(Files.readString(file).strip());
            try {
                assertNotEquals(command.pid(), pid);
                assertEquals("VERSION 1.6.45", command.ask("version"));
                for (int stream = 0; stream < 3; stream++) {
                    assertEquals(Path.of("/dev/null"), Files.readSymbolicLink(
                            Path.of("/proc", Long.toString(pid), "fd", "" + stream)));
                }
                assertEquals(pid + "", sessionOf(pid));
            } finally {
                Launched.signal(pid, "TERM");
            }
            awaitTrue(() -> !Files.exists(file));
        }
    }

    private static String sessionOf(long pid) throws IOException {
        var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3];
    }

    @Test
    void aFailureInTheBackgroundIsReported() throws Exception {
        try (var command = start("serve", "-d", "-P", "/nowhere/pid", "-p", "-1")) {
            assertEquals(ExitCode.UNAVAILABLE, command.exitCode());
            assertTrue(command.err().contains("/nowhere/pid"), command.err());
        }
    }

    @Test
    void readsFileAndEnvironment() throws Exception {
        var file = Files.writeString(folder.resolve("ringtail.yaml"),
                "port: -1\nmemory-limit: 3\nthreads: 1\n");
        try (var node = Launched.start(folder, Map.of("RINGTAIL_MEMORY_LIMIT", "4"), "serve",
                "--config", file.toString()).listening()) {
            assertTrue(node.ask("stats settings").equals("STAT maxbytes 4194304"));
        }
    }

    private Launched memcached(String... arguments) throws IOException {
        var all = new String[arguments.length + 5];
        System.arraycopy(new String[] {"memcached", "-u", "root", "-m", SMALL}, 0, all, 0, 5);
        System.arraycopy(arguments, 0, all, 5, arguments.length);
        return start(all);
    }

    private Launched start(String... arguments) throws IOException {
        return Launched.start(folder, arguments);
    }

    private static void awaitTrue(Patience.Condition condition) throws Exception {
        Patience.until(condition, () -> "did not become true");
    }

    private static void onLinuxAsRoot() throws IOException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self"))
                && Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0));
    }
}
