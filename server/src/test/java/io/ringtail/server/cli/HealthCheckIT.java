package io.ringtail.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HealthCheckIT {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/health", exchange -> exchange.sendResponseHeaders(200, -1));
        server.createContext("/ready", exchange -> exchange.sendResponseHeaders(503, -1));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void isContentWithOkOnly() {
        assertEquals(0, check("/health"));
        assertEquals("", errors());
        assertEquals(1, check("/ready"));
        assertTrue(errors().contains("/ready answers HTTP/1.1 503"), errors());
    }

    @Test
    void saysWhyThereIsNoAnswer() {
        server.stop(0);
        assertEquals(1, check("/health"));
        assertTrue(errors().contains("/health: Connection refused"), errors());
    }

    @Test
    void wantsOneAddressWithHostAndPort() {
        assertEquals(64, HealthCheck.run(new String[0], new PrintStream(err)));
        assertEquals(1, HealthCheck.run(new String[] {"health"}, new PrintStream(err)));
        assertTrue(errors().contains("health: has no host and port"), errors());
    }

    private int check(String path) {
        var address = "http://127.0.0.1:" + server.getAddress().getPort() + path;
        return HealthCheck.run(new String[] {address}, new PrintStream(err));
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
