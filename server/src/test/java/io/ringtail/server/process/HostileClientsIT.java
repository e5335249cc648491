package io.ringtail.server.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.testing.Lines;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Clients that do not read, do not finish, or come in floods: memory stays bounded and others are
 * served.
 */
class HostileClientsIT {
    private static final long MIB = 1 << 20;
    private static final int CLIENTS = 50;

    private NodeProcess node;
    private final List<Socket> hostile = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        node = NodeProcess.serve(NodeProcess.STEADY_MEMORY, "-m", "64", "-t", "2", "-c", "2000");
        try (var client = node.connect()) {
            Lines.send(client, "set big 0 0 1000000\r\n" + "x".repeat(1_000_000) + "\r\n");
            assertEquals("STORED", Lines.read(client));
            Lines.send(client, "set small 0 0 5\r\nhello\r\n");
            assertEquals("STORED", Lines.read(client));
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (var socket : hostile) {
            socket.close();
        }
        node.close();
    }

    @Test
    void slowReadersDoNotFillTheMemory() throws Exception {
        long before = node.residentBytes();
        for (int i = 0; i < CLIENTS; i++) {
            flood("get big\r\n".repeat(200));
        }
        assertOthersAreServed();
        assertGrowthBelow(before, 96 * MIB);
    }

    @Test
    void slowReadersOfSmallValuesDoNotFillTheMemory() throws Exception {
        long before = node.residentBytes();
        for (int i = 0; i < CLIENTS; i++) {
            flood("get small small small small small small small small\r\n".repeat(40_000));
        }
        assertOthersAreServed();
        assertGrowthBelow(before, 128 * MIB);
    }

    @Test
    void multigetsOfManyValuesStopBetweenKeys() throws Exception {
        try (var client = node.connect()) {
            Lines.send(client, "set page 0 0 16000\r\n" + "p".repeat(16_000) + "\r\n");
            assertEquals("STORED", Lines.read(client));
        }
        long before = node.residentBytes();
        for (int i = 0; i < CLIENTS; i++) {
            flood("gets" + " page".repeat(10_000) + "\r\n");
            flood("get" + " page".repeat(100_000));
        }
        assertOthersAreServed();
        assertGrowthBelow(before, 160 * MIB);
    }

    @Test
    void longMultigetIsAnsweredWhole() throws Exception {
        var client = connect();
        Lines.send(client, "set page 0 0 16000\r\n" + "p".repeat(16_000) + "\r\n");
        assertEquals("STORED", Lines.read(client));
        int keys = 20_000;
        var sender = Thread.ofVirtual().start(() -> {
            try {
                Lines.send(client, "get" + " page missing".repeat(keys / 2) + "\r\n");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        var in = new java.io.BufferedInputStream(client.getInputStream(), 1 << 16);
        for (int i = 0; i < keys / 2; i++) {
            assertEquals("VALUE page 0 16000", Lines.read(in), "key " + i);
            in.skipNBytes(16_002);
        }
        assertEquals("END", Lines.read(in));
        sender.join();
    }

    @Test
    void unfinishedLinesAndValuesDoNotFillTheMemory() throws Exception {
        long before = node.residentBytes();
        for (int i = 0; i < CLIENTS; i++) {
            Lines.send(connect(), "get " + "k".repeat(2000));
            Lines.send(connect(), "set slow" + i + " 0 0 1000000\r\n" + "x".repeat(10_000));
            Lines.send(connect(), "set slow" + i + " 0 0 10000\r\n" + "x".repeat(9_999));
            sendBinaryHeaderOnly(connect());
        }
        assertOthersAreServed();
        assertGrowthBelow(before, 64 * MIB);
    }

    @Test
    void endlessMultigetStaysBounded() throws Exception {
        long before = node.residentBytes();
        var client = connect();
        Lines.send(client, "get");
        for (int i = 0; i < 200; i++) {
            flood(client, " missing-key-with-some-length".repeat(4_000));
        }
        assertOthersAreServed();
        assertGrowthBelow(before, 48 * MIB);
        Lines.send(client, " small\r\n");
        assertEquals("VALUE small 0 5", Lines.read(client));
    }

    @Test
    void endlessLineIsHungUpOn() throws Exception {
        var client = connect();
        flood(client, "x".repeat(100_000));
        assertEquals(-1, readQuietly(client));
        assertOthersAreServed();
    }

    @Test
    void tooManyConnectionsAreToldSo() throws Exception {
        try (var few =
                NodeProcess.serve(NodeProcess.STEADY_MEMORY, "-m", "64", "-t", "2", "-c", "50")) {
            var open = new ArrayList<Socket>();
            for (int i = 0; i < 50; i++) {
                open.add(few.connect());
                Lines.send(open.getLast(), "version\r\n");
                assertTrue(Lines.read(open.getLast()).startsWith("VERSION"), "connection " + i);
            }
            try (var refused = few.connect()) {
                assertEquals("ERROR Too many open connections", Lines.read(refused));
                assertEquals(-1, refused.getInputStream().read());
            }
            for (var socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void connectionFloodLeavesNothingBehind() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            try (var socket = node.connect()) {
                Lines.send(socket, "get small\r\n");
            }
        }
        assertOthersAreServed();
        long before = node.residentBytes();
        for (int i = 0; i < 5_000; i++) {
            try (var socket = node.connect()) {
                Lines.send(socket, "get small\r\n");
            }
        }
        assertOthersAreServed();
        assertGrowthBelow(before, 32 * MIB);
    }

    private void assertOthersAreServed() throws IOException {
        var nanos = new long[1_000];
        try (var client = node.connect()) {
            var in = client.getInputStream();
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                Lines.send(client, "get small\r\n");
                assertEquals("VALUE small 0 5", Lines.read(in));
                assertEquals("hello", Lines.read(in));
                assertEquals("END", Lines.read(in));
                nanos[i] = System.nanoTime() - start;
            }
        }
        // A busy machine delays some of them; what the node does for the others delays them all.
        Arrays.sort(nanos);
        long millis = nanos[nanos.length / 10] / 1_000_000;
        assertTrue(millis < 50, "the quickest tenth took millis=" + millis);
    }

    private void assertGrowthBelow(long before, long bound) throws IOException {
        long grown = node.residentBytes() - before;
        assertTrue(grown < bound, "grownMiB=" + grown / MIB + " boundMiB=" + bound / MIB);
    }

    private Socket connect() throws IOException {
        var socket = node.connect();
        hostile.add(socket);
        return socket;
    }

    /** Sends as much as the node takes while nothing is read. */
    private void flood(String text) throws IOException {
        flood(connect(), text);
    }

    private static void flood(Socket socket, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        var sender = Thread.ofVirtual().start(() -> {
            try {
                socket.getOutputStream().write(bytes);
            } catch (IOException stoppedReading) {
                // the node took what it wanted
            }
        });
        try {
            sender.join(50);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static int readQuietly(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException reset) {
            return -1;
        }
    }

    private static void sendBinaryHeaderOnly(Socket socket) throws IOException {
        var header = new byte[24];
        header[0] = (byte) 0x80;
        header[1] = 1;
        header[3] = 5;
        header[4] = 8;
        header[9] = 0x10;
        socket.getOutputStream().write(header);
    }
}
