package io.ringtail.server.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.live.TextConnection;
import io.ringtail.server.testing.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any client at any node sees one cache. */
@TestInstance(Lifecycle.PER_CLASS)
class ForwardingIT {
    private TwoNodes nodes;

    @BeforeAll
    void start() throws Exception {
        nodes = TwoNodes.start(Map.of());
    }

    @AfterAll
    void stop() throws IOException {
        if (nodes != null) {
            nodes.close();
        }
    }

    private String key(int owner, String name) {
        return nodes.keys().ownedBy(owner, name.hashCode());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void classicCommandsReachTheOwnerThroughEitherNode(int via) throws IOException {
        for (int owner = 0; owner < 2; owner++) {
            var key = key(owner, "classic" + via);
            try (var client = nodes.connect(via); var other = nodes.connect(1 - via)) {
                assertEquals("NOT_FOUND", client.ask("delete " + key));
                assertEquals("STORED", client.ask("add " + key + " 7 0 1\r\n5"));
                assertEquals("NOT_STORED", other.ask("add " + key + " 7 0 1\r\n6"));
                assertEquals("12", other.ask("incr " + key + " 7"));
                assertEquals("10", client.ask("decr " + key + " 2"));
                assertEquals("STORED", other.ask("append " + key + " 0 0 1\r\n0"));
                assertEquals("STORED", client.ask("prepend " + key + " 0 0 1\r\n9"));
                assertEquals(List.of("VALUE " + key + " 7 4", "9100"), other.list("get " + key));
                assertEquals("TOUCHED", client.ask("touch " + key + " 100"));
                assertEquals(List.of("VALUE " + key + " 7 4", "9100"), other.list("gat 0 " + key));
                var cas = client.list("gets " + key).getFirst().split(" ")[4];
                assertEquals("EXISTS", other.ask("cas " + key + " 0 0 1 " + cas + "1\r\nx"));
                assertEquals("STORED", other.ask("cas " + key + " 0 0 1 " + cas + "\r\nx"));
                assertEquals("CLIENT_ERROR cannot increment or decrement non-numeric value",
                        client.ask("incr " + key + " 1"));
                assertEquals("DELETED", client.ask("delete " + key));
                assertEquals(List.of(), other.list("get " + key));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void metaCommandsReachTheOwnerThroughEitherNode(int via) throws IOException {
        for (int owner = 0; owner < 2; owner++) {
            var key = key(owner, "meta" + via);
            try (var client = nodes.connect(via); var other = nodes.connect(1 - via)) {
                assertEquals("HD Oabc k" + key,
                        client.ask("ms " + key + " 2 T100 F5 Oabc k\r\nhi"));
                assertEquals("VA 2 t100 f5 k" + key, other.ask("mg " + key + " t f k v"));
                assertEquals("hi", other.line());
                assertEquals("HD", other.ask("ms " + key + " 1 MA\r\n!"));
                assertEquals("VA 3", client.ask("mg " + key + " v"));
                assertEquals("hi!", client.line());
                assertTrue(client.ask("me " + key).startsWith("ME " + key + " exp=-100 "));
                assertEquals("HD", client.ask("md " + key));
                assertEquals("EN", other.ask("mg " + key + " v"));
                assertEquals("HD W",
                        client.ask("mg " + key + " N30 t q\r\nmn").replace(" t30", ""));
                assertEquals("MN", client.line());
                assertEquals("HD Z", other.ask("mg " + key + " N30"));
                assertEquals("VA 2", client.ask("ma " + key + "n N0 J42 v"));
                assertEquals("42", client.line());
                assertEquals("MN", client.ask(
                        "ms " + key + " 1 q\r\n1\r\nmd " + key + " q\r\nmg " + key + " q v\r\nmn"));
            }
        }
    }

    @Test
    void manyKeysAreAnsweredInTheirOrderWithOneEnd() throws IOException {
        var keys = IntStream.range(0, 500).mapToObj(i -> "many-" + i).toList();
        assertTrue(keys.stream().anyMatch(it -> nodes.keys().isOwnedBy(0, it)));
        assertTrue(keys.stream().anyMatch(it -> nodes.keys().isOwnedBy(1, it)));
        var expected = new ArrayList<String>();
        try (var client = nodes.connect(0)) {
            for (var key : keys) {
                if (!key.endsWith("7")) {
                    client.send(
                            "set " + key + " 0 0 " + key.length() + " noreply\r\n" + key + "\r\n");
                    expected.add("VALUE " + key + " 0 " + key.length());
                    expected.add(key);
                }
            }
            var line = "get " + String.join(" ", keys);
            assertEquals(expected, client.list(line));
            assertEquals(List.of(), client.list("get many-7 many-17"));
            try (var other = nodes.connect(1)) {
                assertEquals(expected, other.list(line));
                assertEquals(expected, other.list("gat 0 " + String.join(" ", keys)));
                assertEquals(expected.size(), other.list("gets " + String.join(" ", keys)).size());
            }
        }
    }

    /** So long that it is executed in parts while it still arrives. */
    @Test
    void endlessMultigetIsForwardedInParts() throws IOException {
        try (var client = nodes.connect(0)) {
            var key = key(1, "endless");
            assertEquals("STORED", client.set(key, 0, "v"));
            client.send("get");
            for (int i = 0; i < 20_000; i++) {
                client.send(" missing-" + i);
            }
            assertEquals(List.of("VALUE " + key + " 0 1", "v"), client.list(" " + key));
        }
    }

    @Test
    void keysWithBase64AndBinaryBytesFindTheirOwner() throws IOException {
        try (var client = nodes.connect(0); var other = nodes.connect(1)) {
            for (int i = 0; i < 20; i++) {
                var key = java.util.Base64.getEncoder().encodeToString(new byte[] {0, 1, (byte) i});
                assertEquals("HD", client.ask("ms " + key + " 2 b\r\n" + (10 + i)));
                assertEquals("VA 2 k" + key + " b", other.ask("mg " + key + " b k v"));
                assertEquals(Integer.toString(10 + i), other.line());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 4096, 16_000, 65_535, 65_536, 65_537, 200_000, 1_000_000})
    void valuesOfAllLengthsTravelBothWays(int length) throws IOException {
        var value = "0123456789".repeat(length / 10 + 1).substring(0, length);
        for (int owner = 0; owner < 2; owner++) {
            var key = key(owner, "length" + length);
            for (int via = 0; via < 2; via++) {
                try (var client = nodes.connect(via); var other = nodes.connect(1 - via)) {
                    assertEquals("STORED", client.set(key, 0, value));
                    assertEquals(List.of("VALUE " + key + " 0 " + length, value),
                            other.list("get " + key));
                    assertEquals("HD", other.ask("ms " + key + " " + length + "\r\n" + value));
                    assertEquals("VA " + length, client.ask("mg " + key + " v"));
                    assertEquals(value, client.line());
                }
            }
        }
    }

    @Test
    void tooLargeValuesAndBadDataAreAnsweredAsOnOneNode() throws IOException {
        try (var client = nodes.connect(0)) {
            for (int owner = 0; owner < 2; owner++) {
                var key = key(owner, "bad");
                assertEquals("SERVER_ERROR object too large for cache",
                        client.ask("set " + key + " 0 0 2000000\r\n" + "x".repeat(2_000_000)));
                assertEquals("CLIENT_ERROR bad data chunk",
                        client.ask("set " + key + " 0 0 3\r\nabcde"));
                assertEquals("ERROR", client.line());
                assertEquals("MN", client.ask("mn"));
            }
        }
    }

    @Test
    void binaryCommandsReachTheOwner() throws IOException {
        for (int owner = 0; owner < 2; owner++) {
            var key = key(owner, "binary").getBytes(StandardCharsets.US_ASCII);
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), nodes.port(0))) {
                var flags = new byte[] {0, 0, 0, 9, 0, 0, 0, 0};
                socket.getOutputStream().write(frame(0x01, 71, flags, key, "value"));
                var stored = reply(socket);
                assertEquals(0, stored.getShort(6));
                assertEquals(71, stored.getInt(12));
                assertNotEquals(0, stored.getLong(16));
                socket.getOutputStream().write(frame(0x0C, 72, new byte[0], key, ""));
                var got = reply(socket);
                assertEquals(72, got.getInt(12));
                assertEquals(stored.getLong(16), got.getLong(16));
                assertEquals(9, got.getInt(24));
                var body = new byte[got.getInt(8) - 4];
                got.position(28).get(body);
                assertArrayEquals((new String(key, StandardCharsets.US_ASCII) + "value")
                        .getBytes(StandardCharsets.US_ASCII), body);
                socket.getOutputStream().write(frame(0x11, 73, flags, key, "quiet"));
                socket.getOutputStream().write(frame(0x09, 74, new byte[0], key, ""));
                socket.getOutputStream().write(frame(0x14, 75, new byte[0], key, ""));
                socket.getOutputStream().write(frame(0x09, 76, new byte[0], key, ""));
                socket.getOutputStream().write(frame(0x00, 77, new byte[0], key, ""));
                assertEquals(74, reply(socket).getInt(12));
                var missed = reply(socket);
                assertEquals(77, missed.getInt(12));
                assertEquals(1, missed.getShort(6));
            }
        }
    }

    private static byte[] frame(int opcode, int opaque, byte[] extras, byte[] key, String value) {
        int body = extras.length + key.length + value.length();
        return ByteBuffer.allocate(24 + body)
                .put((byte) 0x80)
                .put((byte) opcode)
                .putShort((short) key.length)
                .put((byte) extras.length)
                .put((byte) 0)
                .putShort((short) 0)
                .putInt(body)
                .putInt(opaque)
                .putLong(0)
                .put(extras)
                .put(key)
                .put(value.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    private static ByteBuffer reply(Socket socket) throws IOException {
        socket.setSoTimeout(Patience.MILLIS);
        var header = socket.getInputStream().readNBytes(24);
        int body = ByteBuffer.wrap(header).getInt(8);
        return ByteBuffer.allocate(24 + body)
                .put(header)
                .put(socket.getInputStream().readNBytes(body))
                .rewind();
    }

    @Test
    void pipelinedCommandsKeepTheirOrderUnderRandomDelays() throws IOException {
        long seed = 4711;
        nodes.proxy().delay(seed, 3000);
        try (var one = nodes.connect(0); var two = nodes.connect(0); var three = nodes.connect(1)) {
            var clients = List.of(one, two, three);
            var scripts = new ArrayList<Script>();
            for (int i = 0; i < clients.size(); i++) {
                scripts.add(Script.random(new Random(seed + i), "order" + i, 600));
                clients.get(i).send(scripts.get(i).commands());
            }
            for (int i = 0; i < clients.size(); i++) {
                assertReplies(scripts.get(i), clients.get(i), "seed=" + seed + " client=" + i);
            }
        } finally {
            nodes.proxy().delay(seed, 0);
        }
    }

    private static void assertReplies(Script script, TextConnection client, String where)
            throws IOException {
        int number = 0;
        for (var expected : script.replies()) {
            assertEquals(expected, client.line(), where + " line=" + number++);
        }
    }

    /** Commands of one client with the lines that answer them: the keys are its own. */
    private record Script(String commands, List<String> replies) {
        static Script random(Random random, String prefix, int count) {
            var commands = new StringBuilder();
            var replies = new ArrayList<String>();
            var values = new HashMap<String, Integer>();
            for (int i = 0; i < count; i++) {
                var key = prefix + "-" + random.nextInt(40);
                switch (random.nextInt(5)) {
                    case 0 -> {
                        values.put(key, i);
                        commands.append("set " + key + " 0 0 " + digits(i) + "\r\n" + i + "\r\n");
                        replies.add("STORED");
                    }
                    case 1 -> {
                        commands.append("incr " + key + " 1\r\n");
                        replies.add(values.containsKey(key)
                                ? Integer.toString(values.merge(key, 1, Integer::sum))
                                : "NOT_FOUND");
                    }
                    case 2 -> {
                        commands.append("mg " + key + " k O" + i + "\r\n");
                        replies.add((values.containsKey(key) ? "HD k" : "EN k") + key + " O" + i);
                    }
                    case 3 -> {
                        commands.append("version\r\nms " + key + " 1 q\r\n5\r\n");
                        values.put(key, 5);
                        replies.add("VERSION 1.6.45");
                    }
                    default -> {
                        commands.append("md " + key + "\r\n");
                        replies.add(values.remove(key) == null ? "NF" : "HD");
                    }
                }
            }
            return new Script(commands.toString(), replies);
        }

        private static int digits(int number) {
            return Integer.toString(number).length();
        }
    }
}
