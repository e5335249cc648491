package io.ringtail.server.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.live.TextConnection;
import io.ringtail.server.process.NodeProcess;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A peer that is killed or stands still: what fails, how soon, and what goes on. */
class LostPeerIT {
    private static final long MIB = 1 << 20;
    private static final long TIMEOUT_MILLIS = 500;
    /** What a busy machine may add. */
    private static final long SLACK_MILLIS = 1500;

    private static final int FLOODS = 60;
    private static final int FLOOD_ROUNDS = 5;

    private Keys keys;
    private List<NodeProcess> nodes;

    @BeforeEach
    void start() throws Exception {
        int[] ports = FreePorts.take(2);
        var names = List.of("127.0.0.1:" + ports[0], "127.0.0.1:" + ports[1]);
        keys = Keys.of(names);
        nodes = List.of(node(ports[0], names), node(ports[1], names));
        Reachability.await(ports[0], keys.ownedBy(1, 0));
    }

    private static NodeProcess node(int port, List<String> names) throws Exception {
        return NodeProcess.serve("-p", Integer.toString(port), "-t", "2", "-m", "64", "--peers",
                String.join(",", names), "--advertise", "127.0.0.1:" + port);
    }

    @AfterEach
    void stop() throws Exception {
        signal("CONT");
        for (var node : nodes) {
            node.close();
        }
    }

    private TextConnection connect() throws IOException {
        return new TextConnection(nodes.getFirst().port());
    }

    /** Sends a signal to the second node, if it is still there. */
    private void signal(String name) throws Exception {
        if (nodes.get(1).process().isAlive()) {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(nodes.get(1).pid()));
            assertEquals(0, kill.start().waitFor());
        }
    }

    /** A stop is complete when all threads have taken notice. */
    private void stopPeer() throws Exception {
        signal("STOP");
        var stat = Path.of("/proc", Long.toString(nodes.get(1).pid()), "stat");
        while (!Files.readString(stat).contains(") T ")) {
            assertTrue(nodes.get(1).process().isAlive());
        }
    }

    private void kill() throws InterruptedException {
        var process = nodes.get(1).process();
        process.destroyForcibly();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    }

    @Test
    void killedPeersKeysMissAndWritesSaySo() throws Exception {
        var remote = keys.ownedBy(1, 1);
        var local = keys.ownedBy(0, 1);
        try (var client = connect()) {
            assertEquals("STORED", client.set(remote, 0, "there"));
            assertEquals("STORED", client.set(local, 0, "here"));
            kill();
            long start = System.nanoTime();
            assertEquals(List.of("VALUE " + local + " 0 4", "here"),
                    client.list("get " + remote + " " + local));
            long noticed = System.nanoTime();
            assertEquals("SERVER_ERROR owner unreachable", client.set(remote, 0, "lost"));
            assertEquals("SERVER_ERROR owner unreachable", client.ask("incr " + remote + " 1"));
            assertEquals("SERVER_ERROR owner unreachable", client.ask("delete " + remote));
            assertEquals("SERVER_ERROR owner unreachable", client.ask("touch " + remote + " 0"));
            assertEquals("EN k" + remote + " O77", client.ask("mg " + remote + " v k O77"));
            assertEquals("EN", client.ask("mg " + remote + " v"));
            assertEquals("MN", client.ask("mg " + remote + " v q\r\nmn"));
            assertEquals("SERVER_ERROR owner unreachable", client.ask("ms " + remote + " 1\r\nx"));
            assertEquals("SERVER_ERROR owner unreachable",
                    client.ask("ms " + remote + " 1 q\r\nx"));
            assertEquals("MN", client.ask("set " + remote + " 0 0 1 noreply\r\nx\r\nmn"));
            assertEquals("STORED", client.set(local, 0, "goes on"));
            assertTrue(millisSince(start) < TIMEOUT_MILLIS + SLACK_MILLIS);
            assertTrue(millisSince(noticed) < SLACK_MILLIS);
        }
        assertTrue(nodes.getFirst().log().contains("is unreachable"));
    }

    @Test
    void peerThatComesBackIsUsedAgain() throws Exception {
        var remote = keys.ownedBy(1, 1);
        try (var client = connect()) {
            assertEquals("STORED", client.set(remote, 0, "v"));
            stopPeer();
            assertEquals("SERVER_ERROR owner unreachable", client.set(remote, 0, "lost"));
            signal("CONT");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            String answer;
            do {
                answer = client.set(remote, 0, "again");
            } while (!answer.equals("STORED") && System.nanoTime() < deadline);
            assertEquals("STORED", answer);
            assertEquals(List.of("VALUE " + remote + " 0 5", "again"),
                    client.list("get " + remote));
        }
    }

    @Test
    void stoppedPeerDelaysItsOwnKeysOnlyAndForTheTimeoutAtMost() throws Exception {
        var remote = keys.ownedBy(1, 1);
        var local = keys.ownedBy(0, 1);
        try (var client = connect(); var other = connect()) {
            assertEquals("STORED", client.set(remote, 0, "v"));
            assertEquals("STORED", other.set(local, 0, "v"));
            stopPeer();
            long start = System.nanoTime();
            client.send("get " + remote + "\r\n");
            for (int i = 0; i < 100; i++) {
                assertEquals(List.of("VALUE " + local + " 0 1", "v"), other.list("get " + local));
            }
            assertEquals("END", client.line());
            assertTrue(millisSince(start) < TIMEOUT_MILLIS + SLACK_MILLIS);
            start = System.nanoTime();
            assertEquals(List.of(), client.list("get " + remote));
            assertTrue(millisSince(start) < TIMEOUT_MILLIS + SLACK_MILLIS);
        }
    }

    /** Commands for a peer that does not take them wait at their clients, not here. */
    @Test
    void stoppedPeerDoesNotFillTheMemory() throws Exception {
        try (var client = connect()) {
            assertEquals("STORED", client.set(keys.ownedBy(1, 1), 0, "v"));
        }
        var value = "x".repeat(10_000);
        var sets = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            sets.append("set " + keys.ownedBy(1, i) + " 0 0 10000\r\n" + value + "\r\n");
        }
        var bytes = sets.toString().getBytes(StandardCharsets.US_ASCII);
        long before = nodes.getFirst().residentBytes();
        stopPeer();
        var flooding = new ArrayList<Socket>();
        try {
            for (int i = 0; i < FLOODS; i++) {
                flooding.add(flood(nodes.getFirst(), bytes));
            }
            try (var client = connect()) {
                var local = keys.ownedBy(0, 1);
                for (int i = 0; i < 1000; i++) {
                    assertEquals("STORED", client.set(local, 0, "v"));
                }
            }
            long grown = nodes.getFirst().residentBytes() - before;
            assertTrue(grown < 128 * MIB, "grownMiB=" + grown / MIB);
        } finally {
            for (var socket : flooding) {
                socket.close();
            }
        }
    }

    /** Sends again and again, and reads nothing. */
    private static Socket flood(NodeProcess node, byte[] bytes) throws IOException {
        var socket = node.connect();
        Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < FLOOD_ROUNDS; i++) {
                    socket.getOutputStream().write(bytes);
                }
            } catch (IOException closed) {
                // the test is over
            }
        });
        return socket;
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
