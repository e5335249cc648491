package io.ringtail.server.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.util.concurrent.EventExecutor;
import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.config.Setting;
import io.ringtail.server.testing.Lines;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a node leaves behind when it stops: nothing. */
final class NodeStopIT {
    private static final long BUSY_NANOS = 2_000_000;
    private static final String HALF_A_VALUE =
            "Host: localhost\r\nContent-Length: 600000\r\n\r\n" + "x".repeat(100_000);

    @Test
    void closesConnectionsInTheMiddleOfAValue() throws Exception {
        try (var node = start()) {
            var clients = clients(node);
            node.close();
            assertAllClosed(clients);
        }
    }

    /**
     * A loop that learns while it runs tasks that it is to end runs those that are left, and closes
     * none of its channels.
     */
    @Test
    void closesConnectionsOfLoopsThatAreBusy() throws Exception {
        try (var node = start()) {
            var clients = clients(node);
            node.group().forEach(loop -> loop.execute(() -> occupy(loop)));
            node.close();
            assertAllClosed(clients);
        }
    }

    private static Node start() throws IOException {
        return Node.start(NodeConfig
                .of(Map.of(Setting.PORT, "-1", Setting.THREADS, "2", Setting.HTTP, "127.0.0.1:0")));
    }

    /** Two on each loop, of both kinds, each with a value on its way. */
    private static List<Socket> clients(Node node) throws IOException {
        var clients = new ArrayList<Socket>();
        for (int i = 0; i < 2; i++) {
            var text = Lines.connect(node.tcpPorts().getFirst());
            Lines.send(text, "set key 0 0 600000\r\n" + "x".repeat(100_000));
            clients.add(text);
            var http = Lines.connect(Objects.requireNonNull(node.httpPort()));
            Lines.send(http, "PUT /v1/keys/key HTTP/1.1\r\n" + HALF_A_VALUE);
            clients.add(http);
        }
        return clients;
    }

    /** Keeps a loop in tasks nearly all the time until it is to end. */
    private static void occupy(EventExecutor loop) {
        long until = System.nanoTime() + BUSY_NANOS;
        while (!loop.isShuttingDown() && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        if (!loop.isShuttingDown()) {
            loop.execute(() -> occupy(loop));
        }
    }

    private static void assertAllClosed(List<Socket> clients) throws IOException {
        for (var client : clients) {
            try (client) {
                assertEquals("closed", ending(client));
            }
        }
    }

    /** The node has not read all that was sent, so the kernel may reset the connection. */
    private static String ending(Socket client) throws IOException {
        try {
            return client.getInputStream().read() < 0 ? "closed" : "answered";
        } catch (java.net.SocketException e) {
            return "closed";
        }
    }
}
