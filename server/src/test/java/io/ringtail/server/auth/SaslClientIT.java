package io.ringtail.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.config.NodeConfig.Security;
import io.ringtail.server.config.Setting;
import io.ringtail.server.node.Node;
import io.ringtail.server.testing.Patience;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.ConnectionFactoryBuilder.Protocol;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.OperationTimeoutException;
import net.spy.memcached.auth.AuthDescriptor;
import net.spy.memcached.auth.PlainCallbackHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** spymemcached against a node with SASL. */
class SaslClientIT {
    /** After that the client gives up: it is never let in. */
    private static final long REFUSED_MILLIS = 2000;

    @TempDir Path directory;

    private Node node;

    @BeforeEach
    void start() throws IOException {
        var users = Files.writeString(directory.resolve("users"), "alice:secret\n");
        var other = NodeConfig.of(Map.of(Setting.PORT, "-1", Setting.PROTOCOL, "binary"));
        node = Node.start(new NodeConfig(other.listening(), other.memory(), other.limits(),
                new Security(null, true, users, null), other.cluster(), other.sidePorts(),
                other.process(), other.extended(), other.transport(), other.threads(),
                other.verbosity()));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void comesInWithItsPassword() throws Exception {
        var client = spymemcached("secret", Patience.MILLIS);
        try {
            assertTrue(client.set("key", 0, "value").get(Patience.SECONDS, TimeUnit.SECONDS));
            assertEquals("value", client.get("key"));
            assertEquals(8, client.incr("number", 1, 8));
            assertTrue(client.delete("key").get(Patience.SECONDS, TimeUnit.SECONDS));
        } finally {
            client.shutdown();
        }
    }

    @Test
    void staysOutWithAnotherPassword() throws Exception {
        var client = spymemcached("public", REFUSED_MILLIS);
        try {
            assertThrows(OperationTimeoutException.class, () -> client.get("key"));
        } finally {
            client.shutdown();
        }
    }

    private MemcachedClient spymemcached(String password, long mostMillis) throws IOException {
        var factory = new ConnectionFactoryBuilder().setProtocol(Protocol.BINARY)
                .setAuthDescriptor(new AuthDescriptor(new String[] {"PLAIN"},
                        new PlainCallbackHandler("alice", password)))
                .setOpTimeout(mostMillis)
                .build();
        return new MemcachedClient(factory, List.of(new InetSocketAddress("127.0.0.1", port())));
    }

    private int port() {
        return node.tcpPorts().getFirst();
    }
}
