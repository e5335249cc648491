package io.ringtail.server.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.live.TextConnection;
import io.ringtail.server.testing.Patience;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands that concern all nodes together, whichever is asked. */
@Timeout(180)
final class WholeClusterIT {
    private static final int CLIENTS = 200;
    private static final int BINARY_HEADER_BYTES = 24;

    private static void storeOnBoth(TwoNodes cluster, TextConnection client) throws Exception {
        for (int node = 0; node < 2; node++) {
            assertEquals("STORED", client.set(cluster.keys().ownedBy(node, 1), 0, "v"));
        }
    }

    private static List<String> getBoth(TwoNodes cluster, TextConnection client) throws Exception {
        return client
                .list("get " + cluster.keys().ownedBy(0, 1) + " " + cluster.keys().ownedBy(1, 1));
    }

    @Test
    void flushReachesAllNodes() throws Exception {
        try (var cluster = TwoNodes.start(Map.of()); var client = cluster.connect(0);
                var other = cluster.connect(1)) {
            storeOnBoth(cluster, client);
            assertEquals("OK", client.ask("flush_all"));
            assertEquals(List.of(), getBoth(cluster, other));
            storeOnBoth(cluster, client);
            assertEquals(4, getBoth(cluster, client).size());
            client.send("flush_all noreply\r\n");
            assertEquals(List.of(), getBoth(cluster, client));
            storeOnBoth(cluster, client);
            assertEquals("OK", client.ask("flush_all 1000"));
            assertEquals(4, getBoth(cluster, other).size());
            assertEquals("CLIENT_ERROR invalid exptime argument", client.ask("flush_all soon"));
        }
    }

    /** A flush keeps its place among the commands of a connection. */
    @Test
    void flushOvertakesNothing() throws Exception {
        try (var cluster = TwoNodes.start(Map.of()); var client = cluster.connect(0)) {
            var remote = cluster.keys().ownedBy(1, 1);
            var local = cluster.keys().ownedBy(0, 1);
            client.send("set " + remote + " 0 0 1\r\na\r\nset " + local
                    + " 0 0 1\r\na\r\nflush_all\r\nget " + remote + " " + local + "\r\nset "
                    + remote + " 0 0 1\r\nb\r\nget " + remote + "\r\n");
            for (var line : List.of("STORED", "STORED", "OK", "END", "STORED",
                    "VALUE " + remote + " 0 1", "b", "END")) {
                assertEquals(line, client.line());
            }
        }
    }

    @Test
    void binaryFlushReachesAllNodesToo() throws Exception {
        try (var cluster = TwoNodes.start(Map.of()); var client = cluster.connect(0)) {
            storeOnBoth(cluster, client);
            assertEquals(0, ask(cluster, 0x08, "").getShort(6));
            assertEquals(List.of(), getBoth(cluster, client));
        }
    }

    /** The reply to a binary command, whole. */
    private static ByteBuffer ask(TwoNodes cluster, int opcode, String key) throws Exception {
        var request = ByteBuffer.allocate(BINARY_HEADER_BYTES + key.length());
        request.put((byte) 0x80).put((byte) opcode).putShort((short) key.length());
        request.putInt(8, key.length()).putInt(12, 0x01020304);
        request.position(BINARY_HEADER_BYTES).put(key.getBytes(StandardCharsets.US_ASCII));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), cluster.port(0))) {
            socket.setSoTimeout(Patience.MILLIS);
            socket.getOutputStream().write(request.array());
            var header = ByteBuffer.wrap(socket.getInputStream().readNBytes(BINARY_HEADER_BYTES));
            assertEquals(0x81, header.get(0) & 0xFF);
            assertEquals(opcode, header.get(1) & 0xFF);
            assertEquals(0x01020304, header.getInt(12));
            int body = header.getInt(8);
            return ByteBuffer.allocate(BINARY_HEADER_BYTES + body)
                    .put(header)
                    .put(socket.getInputStream().readNBytes(body))
                    .flip();
        }
    }

    @Test
    void statisticsAreAddedUp() throws Exception {
        try (var cluster = TwoNodes.start(Map.of()); var client = cluster.connect(0)) {
            storeOnBoth(cluster, client);
            assertEquals("STORED", client.set(cluster.keys().ownedBy(1, 2), 0, "v"));
            var stats = client.list("stats cluster");
            assertTrue(stats.contains("STAT nodes 2"), stats::toString);
            assertTrue(stats.contains("STAT nodes_unreachable 0"), stats::toString);
            assertTrue(stats.contains("STAT curr_items 3"), stats::toString);
            assertTrue(stats.contains("STAT cmd_set 3"), stats::toString);
            for (int node = 0; node < 2; node++) {
                var row = "STAT node:" + cluster.keys().names().get(node) + ":curr_items "
                        + (node + 1);
                assertTrue(stats.contains(row), stats::toString);
            }
            cluster.stopSecond();
            Patience.until(() -> client.list("stats cluster").contains("STAT nodes_unreachable 1"),
                    () -> "both are said to be there");
        }
    }

    @Test
    void clientsFindTheMembers() throws Exception {
        try (var cluster = TwoNodes.start(Map.of()); var client = cluster.connect(0)) {
            client.send("config get cluster\r\n");
            var head = client.line().split(" ");
            assertArrayEquals(new String[] {"CONFIG", "cluster", "0"}, Arrays.copyOf(head, 3));
            long version = Long.parseLong(client.line());
            var members = client.line();
            assertEquals(List.of("", "END"), List.of(client.line(), client.line()));
            assertEquals(Integer.parseInt(head[3]),
                    Long.toString(version).length() + members.length() + 2);
            var expected = new ArrayList<String>();
            cluster.keys()
                    .names()
                    .stream()
                    .sorted()
                    .forEach(name -> expected.add("127.0.0.1|127.0.0.1|" + name.split(":")[1]));
            assertEquals(String.join(" ", expected), members);
            var binary = ask(cluster, 0x60, "cluster");
            assertEquals(version + "\n" + members + "\n", StandardCharsets.US_ASCII.decode(
                    binary.slice(BINARY_HEADER_BYTES + 4, binary.limit() - BINARY_HEADER_BYTES - 4))
                    .toString());
            assertEquals("ERROR", client.ask("config set cluster"));
        }
    }

    /** One of many clients on all nodes is told to load what is missing. */
    @Test
    void oneClientOfTheWholeClusterWins() throws Exception {
        try (var cluster = TwoNodes.start(Map.of())) {
            var clients = new ArrayList<TextConnection>();
            try {
                for (int i = 0; i < CLIENTS; i++) {
                    clients.add(cluster.connect(i % 2));
                }
                for (int round = 0; round < 4; round++) {
                    var key = cluster.keys().ownedBy(round % 2, round);
                    for (var client : clients) {
                        client.send("mg " + key + " t N30\r\n");
                    }
                    int won = 0;
                    for (var client : clients) {
                        var line = client.line();
                        assertTrue(line.startsWith("HD t"), line);
                        won += line.endsWith(" W") ? 1 : 0;
                    }
                    assertEquals(1, won);
                }
            } finally {
                for (var client : clients) {
                    client.close();
                }
            }
        }
    }
}
