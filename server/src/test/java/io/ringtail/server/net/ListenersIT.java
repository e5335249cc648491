package io.ringtail.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.config.Setting;
import io.ringtail.server.live.LiveNode;
import io.ringtail.server.node.Node;
import io.ringtail.server.testing.Certificates;
import io.ringtail.server.testing.Lines;
import io.ringtail.server.testing.Patience;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class ListenersIT {
    private static final int FRAME = 8;

    @TempDir private Path directory;

    @ParameterizedTest
    @EnumSource(NodeConfig.Transport.class)
    void answersOnEveryTransport(NodeConfig.Transport transport) throws Exception {
        try (var node = start(
                Map.of(Setting.TRANSPORT, transport.name().toLowerCase(java.util.Locale.ROOT)));
                var client = Lines.connect(node.tcpPorts().getFirst())) {
            Lines.send(client, "set a 0 0 5\r\nhello\r\nget a\r\n");
            assertEquals("STORED", Lines.read(client));
            assertEquals("VALUE a 0 5", Lines.read(client));
            var large = "x".repeat(700_000);
            Lines.send(client, "set large 0 0 700000\r\n" + large + "\r\nget large\r\n");
            assertEquals("hello", Lines.read(client));
            assertEquals("END", Lines.read(client));
            assertEquals("STORED", Lines.read(client));
            assertEquals("VALUE large 0 700000", Lines.read(client));
            assertEquals(large, Lines.read(client));
        }
    }

    @Test
    void listensOnEveryAddressThatIsNamed() throws Exception {
        try (var node = start(Map.of(Setting.LISTEN, "127.0.0.1,127.0.0.2,[::1]"))) {
            assertEquals(3, node.tcpPorts().size());
            try (var client = new Socket("127.0.0.2", node.tcpPorts().get(1))) {
                assertVersion(client);
            }
            try (var client = new Socket("::1", node.tcpPorts().get(2))) {
                assertVersion(client);
            }
        }
    }

    @Test
    void namesTheAddressThatIsTaken() throws Exception {
        try (var node = start(Map.of())) {
            int port = node.tcpPorts().getFirst();
            var refused = assertThrows(IOException.class,
                    () -> start(Map.of(Setting.PORT, Integer.toString(port))).close());
            assertTrue(refused.getMessage().contains("127.0.0.1")
                    && refused.getMessage().contains("" + port), refused.getMessage());
        }
    }

    @Test
    void servesAUnixSocketWithItsMask() throws Exception {
        var path = directory.resolve("ringtail.sock");
        try (var stale = java.nio.channels.ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stale.bind(UnixDomainSocketAddress.of(path));
        }
        try (var node =
                start(Map.of(Setting.UNIX_SOCKET, path.toString(), Setting.UNIX_MASK, "750"))) {
            assertEquals(java.util.List.of(), node.tcpPorts());
            assertEquals("rwxr-x---",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            try (var client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                client.write(ByteBuffer.wrap("version\r\n".getBytes(StandardCharsets.US_ASCII)));
                assertTrue(Lines.read(Channels.newInputStream(client)).startsWith("VERSION 1.6."));
            }
        }
        assertFalse(Files.exists(path), "the socket file goes with the node");
    }

    @Test
    void doesNotTakeAFileThatIsNoSocket() throws Exception {
        var path = Files.writeString(directory.resolve("precious"), "data");
        assertThrows(IOException.class,
                () -> start(Map.of(Setting.UNIX_SOCKET, path.toString())).close());
        assertEquals("data", Files.readString(path));
    }

    @Test
    void answersDatagramsInFrames() throws Exception {
        try (var node = start(Map.of(Setting.UDP_PORT, "-1"));
                var tcp = Lines.connect(node.tcpPorts().getFirst());
                var udp = new DatagramSocket()) {
            udp.setSoTimeout(Patience.MILLIS);
            int port = node.udpPorts().getFirst();
            assertEquals("STORED\r\n", ask(udp, port, 7, "set u 3 0 3\r\nabc\r\n"));
            assertEquals("VALUE u 3 3\r\nabc\r\nEND\r\n", ask(udp, port, 8, "get u\r\n"));
            var large = "y".repeat(10_000);
            Lines.send(tcp, "set big 0 0 10000\r\n" + large + "\r\n");
            assertEquals("STORED", Lines.read(tcp));
            assertEquals("VALUE big 0 10000\r\n" + large + "\r\nEND\r\n",
                    ask(udp, port, 9, "get big\r\n"));
        }
    }

    @Test
    void refusesRequestsOfSeveralDatagrams() throws Exception {
        try (var node = start(Map.of(Setting.UDP_PORT, "-1")); var udp = new DatagramSocket()) {
            udp.setSoTimeout(Patience.MILLIS);
            var request = frame(5, "get a\r\n");
            request[5] = 2;
            udp.send(new DatagramPacket(request, request.length, InetAddress.getLoopbackAddress(),
                    node.udpPorts().getFirst()));
            assertEquals("SERVER_ERROR multi-packet request not supported\r\n", receive(udp, 5));
        }
    }

    @Test
    void speaksTlsAndTakesNewCertificates() throws Exception {
        Certificates.write(directory, "first");
        try (var node = start(tls())) {
            int port = node.tcpPorts().getFirst();
            assertEquals("CN=first", talkTls(port));
            Certificates.write(directory, "second");
            assertEquals("CN=first", talkTls(port));
            node.reload();
            assertEquals("CN=second", talkTls(port));
            Files.writeString(directory.resolve("cert.pem"), "rubbish");
            node.reload();
            assertEquals("CN=second", talkTls(port),
                    "bad certificates leave the old ones in force");
        }
    }

    @Test
    void takesNewCertificatesOnCommand() throws Exception {
        Certificates.write(directory, "before");
        try (var node = start(tls())) {
            int port = node.tcpPorts().getFirst();
            assertEquals("CN=before", talkTls(port));
            Certificates.write(directory, "after");
            try (var client = (SSLSocket) Certificates.trustingAll()
                    .getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), port)) {
                Lines.send(client, "refresh_certs\r\n");
                assertEquals("OK", Lines.read(client));
                assertEquals("yes", stat(client, "settings", "ssl_enabled"));
            }
            assertEquals("CN=after", talkTls(port));
        }
    }

    @Test
    void closesConnectionsThatStayIdle() throws Exception {
        try (var node = LiveNode.start(Map.of(Setting.EXTENDED, "idle_timeout=1"));
                var idle = Lines.connect(node.port())) {
            assertVersion(idle);
            node.clock().advance(Duration.ofSeconds(3));
            assertEquals(-1, idle.getInputStream().read());
            try (var client = Lines.connect(node.port())) {
                assertEquals("1", stat(client, "idle_kicks"));
            }
        }
    }

    @Test
    void acceptsNoMoreThanTheLimitWhereAskedToWait() throws Exception {
        try (var node =
                start(Map.of(Setting.CONN_LIMIT, "3", Setting.EXTENDED, "no_maxconns_fast"))) {
            var open = new ArrayList<Socket>();
            for (int i = 0; i < 3; i++) {
                open.add(Lines.connect(node.tcpPorts().getFirst()));
                assertVersion(open.getLast());
            }
            try (var waiting = Lines.connect(node.tcpPorts().getFirst())) {
                Lines.send(waiting, "version\r\n");
                assertEquals("0", stat(open.get(1), "accepting_conns"));
                open.getFirst().close();
                assertTrue(Lines.read(waiting).startsWith("VERSION"));
                assertTrue(Integer.parseInt(stat(open.get(1), "listen_disabled_num")) >= 1);
            }
            for (var socket : open) {
                socket.close();
            }
        }
    }

    private Map<Setting, String> tls() {
        return Map.of(Setting.ENABLE_SSL, "true", Setting.EXTENDED, "ssl_chain_cert="
                + directory.resolve("cert.pem") + ",ssl_key=" + directory.resolve("key.pem"));
    }

    private static String talkTls(int port) throws Exception {
        try (var socket = (SSLSocket) Certificates.trustingAll()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port)) {
            Lines.send(socket, "set t 0 0 50000\r\n" + "z".repeat(50_000) + "\r\nget t\r\n");
            assertEquals("STORED", Lines.read(socket));
            assertEquals("VALUE t 0 50000", Lines.read(socket));
            assertEquals("z".repeat(50_000), Lines.read(socket));
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    private static Node start(Map<Setting, String> settings) throws IOException {
        var all = new EnumMap<Setting, String>(Setting.class);
        all.putAll(new HashMap<>(Map.of(Setting.THREADS, "2")));
        if (!settings.containsKey(Setting.UNIX_SOCKET)) {
            all.put(Setting.PORT, "-1");
        }
        all.putAll(settings);
        return Node.start(NodeConfig.of(all));
    }

    private static void assertVersion(Socket client) throws IOException {
        Lines.send(client, "version\r\n");
        assertTrue(Lines.read(client).startsWith("VERSION 1.6."));
    }

    private static String stat(Socket client, String name) throws IOException {
        return stat(client, "", name);
    }

    private static String stat(Socket client, String group, String name) throws IOException {
        Lines.send(client, "stats " + group + "\r\n");
        String found = "";
        for (var line = Lines.read(client); !line.equals("END"); line = Lines.read(client)) {
            if (line.startsWith("STAT " + name + " ")) {
                found = line.substring(line.lastIndexOf(' ') + 1);
            }
        }
        return found;
    }

    private static String ask(DatagramSocket socket, int port, int id, String request)
            throws IOException {
        var bytes = frame(id, request);
        socket.send(
                new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        return receive(socket, id);
    }

    private static byte[] frame(int id, String request) {
        var text = request.getBytes(StandardCharsets.ISO_8859_1);
        var bytes = new byte[FRAME + text.length];
        bytes[1] = (byte) id;
        bytes[5] = 1;
        System.arraycopy(text, 0, bytes, FRAME, text.length);
        return bytes;
    }

    private static String receive(DatagramSocket socket, int id) throws IOException {
        var reply = new StringBuilder();
        int total = 1;
        for (int number = 0; number < total; number++) {
            var packet = new DatagramPacket(new byte[2048], 2048);
            socket.receive(packet);
            assertTrue(packet.getLength() <= 1400, "datagram bytes=" + packet.getLength());
            var header = ByteBuffer.wrap(packet.getData(), 0, FRAME);
            assertEquals(id, header.getShort());
            assertEquals(number, header.getShort());
            total = header.getShort();
            reply.append(new String(Arrays.copyOfRange(packet.getData(), FRAME, packet.getLength()),
                    StandardCharsets.ISO_8859_1));
        }
        return reply.toString();
    }
}
