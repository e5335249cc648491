package io.ringtail.server.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.live.TextConnection;
import io.ringtail.server.process.NodeProcess;
import io.ringtail.server.testing.FreePorts;
import io.ringtail.server.testing.Patience;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer that is killed or stands still: what fails, how soon, and what goes on. */
class LostPeerIT {
    private static final long MIB = 1 << 20;
    /** So long that a test fails where anything waits for it. */
    private static final String NEVER = "600s";
    private static final String SOON = "500ms";

    private static final int FLOODS = 60;
    private static final int FLOOD_ROUNDS = 5;

    private Keys keys;
    private final List<NodeProcess> nodes = new ArrayList<>();

    private void start(String peerTimeout) throws Exception {
        var ports = FreePorts.take(2);
        var names = ports.stream().map(port -> "127.0.0.1:" + port).toList();
        keys = Keys.of(names);
        for (int port : ports) {
            nodes.add(NodeProcess.serve(NodeProcess.STEADY_MEMORY, "-p", Integer.toString(port),
                    "-t", "2", "-m", "64", "--peers", String.join(",", names), "--advertise",
                    "127.0.0.1:" + port, "--peer-timeout", peerTimeout));
        }
        Reachability.await(ports.getFirst(), keys.ownedBy(1, 0));
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
        if (nodes.size() > 1 && nodes.get(1).process().isAlive()) {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(nodes.get(1).pid()));
            assertEquals(0, kill.start().waitFor());
        }
    }

    /** The peer is there, but may take longer than the time-out at first. */
    private static void store(TextConnection client, String key, String value) throws Exception {
        Patience.until(() -> client.set(key, 0, value).equals("STORED"), () -> "not stored");
    }

    /** A stop is complete when all threads have taken notice. */
    private void stopPeer() throws Exception {
        signal("STOP");
        var stat = Path.of("/proc", Long.toString(nodes.get(1).pid()), "stat");
        Patience.until(() -> Files.readString(stat).contains(") T "), () -> "it goes on");
    }

    private void kill() throws InterruptedException {
        Patience.exitCode(nodes.get(1).process().destroyForcibly(), () -> "killed");
    }

    @Test
    void killedPeersKeysMissAndWritesSaySo() throws Exception {
        start(NEVER);
        var remote = keys.ownedBy(1, 1);
        var local = keys.ownedBy(0, 1);
        try (var client = connect()) {
            assertEquals("STORED", client.set(remote, 0, "there"));
            assertEquals("STORED", client.set(local, 0, "here"));
            kill();
            assertEquals(List.of("VALUE " + local + " 0 4", "here"),
                    client.list("get " + remote + " " + local));
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
        }
        Patience.until(() -> nodes.getFirst().log().contains("is unreachable"),
                () -> "the log tells nothing");
    }

    @Test
    void peerThatComesBackIsUsedAgain() throws Exception {
        start(SOON);
        var remote = keys.ownedBy(1, 1);
        try (var client = connect()) {
            store(client, remote, "v");
            stopPeer();
            assertEquals("SERVER_ERROR owner unreachable", client.set(remote, 0, "lost"));
            signal("CONT");
            store(client, remote, "again");
            var found = List.of("VALUE " + remote + " 0 5", "again");
            Patience.until(() -> client.list("get " + remote).equals(found), () -> "not found");
        }
    }

    @Test
    void stoppedPeerDelaysItsOwnKeysOnlyAndNotForEver() throws Exception {
        start(SOON);
        var remote = keys.ownedBy(1, 1);
        var local = keys.ownedBy(0, 1);
        try (var client = connect(); var other = connect()) {
            store(client, remote, "v");
            assertEquals("STORED", other.set(local, 0, "v"));
            stopPeer();
            client.send("get " + remote + "\r\n");
            for (int i = 0; i < 100; i++) {
                assertEquals(List.of("VALUE " + local + " 0 1", "v"), other.list("get " + local));
            }
            assertEquals("END", client.line());
            assertEquals(List.of(), client.list("get " + remote));
        }
    }

    /** Nobody asks for anything: PING finds out. */
    @Test
    void stoppedPeerIsNoticedWithoutTraffic() throws Exception {
        start(SOON);
        var remote = keys.ownedBy(1, 1);
        try (var client = connect()) {
            store(client, remote, "v");
            stopPeer();
            Patience.until(() -> nodes.getFirst().log().contains("is unreachable: no answer"),
                    () -> "nobody noticed");
            assertEquals(List.of(), client.list("get " + remote));
            signal("CONT");
            Patience.until(() -> nodes.getFirst().log().contains("is reachable again"),
                    () -> "nobody noticed that it is back");
        }
    }

    @Test
    void peerThatWasAwayIsFlushedWhenItIsBack() throws Exception {
        start(SOON);
        var remote = keys.ownedBy(1, 1);
        try (var client = connect()) {
            store(client, remote, "v");
            stopPeer();
            assertEquals("OK", client.ask("flush_all"));
            signal("CONT");
            store(client, keys.ownedBy(1, 2), "reachable");
            Patience.until(() -> client.list("get " + remote).isEmpty(), () -> "not flushed");
        }
    }

    /** Commands for a peer that does not take them wait at their clients, not here. */
    @Test
    void stoppedPeerDoesNotFillTheMemory() throws Exception {
        start(SOON);
        try (var client = connect()) {
            store(client, keys.ownedBy(1, 1), "v");
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

}
