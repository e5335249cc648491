package io.ringtail.server.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.testing.Patience;
import io.ringtail.server.wire.NodeInProcess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import net.spy.memcached.CASResponse;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.ConnectionFactoryBuilder.Protocol;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.internal.OperationFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** spymemcached with the text and the binary protocol. */
class SpymemcachedIT {
    private static NodeInProcess node;

    @BeforeAll
    static void start() {
        node = NodeInProcess.start();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static MemcachedClient connect(Protocol protocol) throws Exception {
        var factory = new ConnectionFactoryBuilder().setProtocol(protocol)
                .setOpTimeout(Patience.MILLIS)
                .setDaemon(true)
                .build();
        var client = new MemcachedClient(factory,
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), node.port())));
        assertTrue(get(client.flush()));
        return client;
    }

    private static <T> T get(OperationFuture<T> future)
            throws InterruptedException, ExecutionException {
        return future.get();
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void storesAndReads(Protocol protocol) throws Exception {
        var client = connect(protocol);
        assertNull(client.get("a"));
        assertTrue(get(client.set("a", 0, "one")));
        assertEquals("one", client.get("a"));
        assertFalse(get(client.add("a", 0, "two")));
        assertTrue(get(client.add("b", 100, "two")));
        assertTrue(get(client.replace("b", 100, "three")));
        assertFalse(get(client.replace("c", 100, "three")));
        assertEquals("three", client.get("b"));
        assertTrue(get(client.touch("b", 1000)));
        assertFalse(get(client.touch("c", 1000)));
        assertTrue(get(client.delete("a")));
        assertFalse(get(client.delete("a")));
        assertNull(client.get("a"));
        client.shutdown();
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void concatenates(Protocol protocol) throws Exception {
        var client = connect(protocol);
        get(client.set("s", 0, "mid"));
        assertTrue(get(client.append("s", ">")));
        assertTrue(get(client.prepend("s", "<")));
        assertEquals("<mid>", client.get("s"));
        assertFalse(get(client.append("none", ">")));
        client.shutdown();
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void comparesAndSets(Protocol protocol) throws Exception {
        var client = connect(protocol);
        get(client.set("a", 0, "one"));
        var read = client.gets("a");
        assertEquals("one", read.getValue());
        assertEquals(CASResponse.OK, client.cas("a", read.getCas(), "two"));
        assertEquals(CASResponse.EXISTS, client.cas("a", read.getCas(), "three"));
        assertEquals(CASResponse.NOT_FOUND, client.cas("none", read.getCas(), "three"));
        assertEquals("two", client.get("a"));
        if (protocol == Protocol.BINARY) {
            assertEquals("two", client.getAndTouch("a", 100).getValue());
            assertNull(client.getAndTouch("none", 100));
        }
        client.shutdown();
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void counts(Protocol protocol) throws Exception {
        var client = connect(protocol);
        assertEquals(-1, client.incr("n", 1));
        assertEquals(10, client.incr("n", 1, 10));
        assertEquals(13, client.incr("n", 3));
        assertEquals(11, client.decr("n", 2));
        assertEquals(0, client.decr("n", 100));
        assertEquals(5, client.decr("m", 1, 5, 100));
        get(client.set("max", 0, "9223372036854775806"));
        assertEquals(Long.MAX_VALUE, client.incr("max", 1));
        assertEquals(7, get(client.asyncIncr("n", 7)));
        client.shutdown();
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void readsManyAtOnce(Protocol protocol) throws Exception {
        var client = connect(protocol);
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            values.put("many" + i, "value".repeat(i % 50) + i);
            client.set("many" + i, 0, values.get("many" + i));
        }
        assertTrue(client.waitForQueues(Patience.SECONDS, TimeUnit.SECONDS));
        assertEquals(values, client.getBulk(values.keySet()));
        assertEquals(Map.of("many7", values.get("many7")), client.getBulk("many7", "none"));
        client.shutdown();
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void keepsValuesOfAllKinds(Protocol protocol) throws Exception {
        var client = connect(protocol);
        for (Object value : List.of(true, (byte) 5, 123, 1L << 60, 2.5, "t\u00e9xt", List.of(1, 2),
                "x".repeat(900_000))) {
            assertTrue(get(client.set("typed", 0, value)));
            assertEquals(value, client.get("typed"));
        }
        byte[] bytes = new byte[1_000_000];
        new java.util.Random(1).nextBytes(bytes);
        assertTrue(get(client.set("bytes", 0, bytes)));
        assertArrayEquals(bytes, (byte[]) client.get("bytes"));
        assertTrue(get(client.set("empty", 0, new byte[0])));
        assertArrayEquals(new byte[0], (byte[]) client.get("empty"));
        client.shutdown();
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void readsVersionAndStatistics(Protocol protocol) throws Exception {
        var client = connect(protocol);
        get(client.set("a", 0, "one"));
        assertEquals(List.of("1.6.45"), List.copyOf(client.getVersions().values()));
        var stats = client.getStats().values().iterator().next();
        assertTrue(Long.parseLong(stats.get("curr_items")) > 0);
        assertNotNull(client.getStats("settings").values().iterator().next().get("maxbytes"));
        assertNotNull(client.getStats("items").values().iterator().next());
        client.shutdown();
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void forgetsAll(Protocol protocol) throws Exception {
        var client = connect(protocol);
        get(client.set("a", 0, "one"));
        assertTrue(get(client.flush()));
        assertNull(client.get("a"));
        if (protocol == Protocol.TEXT) {
            get(client.set("a", -1, "one"));
            assertNull(client.get("a"));
        }
        client.shutdown();
    }
}
