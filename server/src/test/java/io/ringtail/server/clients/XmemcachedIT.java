package io.ringtail.server.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.testing.Patience;
import io.ringtail.server.wire.NodeInProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.rubyeye.xmemcached.CommandFactory;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.command.BinaryCommandFactory;
import net.rubyeye.xmemcached.command.TextCommandFactory;
import net.rubyeye.xmemcached.utils.AddrUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** XMemcached with the text and the binary protocol. */
class XmemcachedIT {
    private static NodeInProcess node;

    @BeforeAll
    static void start() {
        node = NodeInProcess.start();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    static Stream<Named<Supplier<CommandFactory>>> protocols() {
        return Stream.of(Named.of("text", TextCommandFactory::new),
                Named.of("binary", BinaryCommandFactory::new));
    }

    private static MemcachedClient connect(Supplier<CommandFactory> protocol) throws Exception {
        var builder =
                new XMemcachedClientBuilder(AddrUtil.getAddresses("127.0.0.1:" + node.port()));
        builder.setCommandFactory(protocol.get());
        builder.setOpTimeout(Patience.MILLIS);
        MemcachedClient client = builder.build();
        client.flushAll();
        return client;
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void storesAndReads(Supplier<CommandFactory> protocol) throws Exception {
        var client = connect(protocol);
        assertNull(client.get("a"));
        assertTrue(client.set("a", 0, "one"));
        assertEquals("one", client.get("a"));
        assertFalse(client.add("a", 0, "two"));
        assertTrue(client.add("b", 100, "two"));
        assertTrue(client.replace("b", 100, "three"));
        assertFalse(client.replace("c", 100, "three"));
        assertTrue(client.append("b", ">"));
        assertTrue(client.prepend("b", "<"));
        assertEquals("<three>", client.get("b"));
        assertFalse(client.append("c", ">"));
        assertTrue(client.touch("b", 1000));
        assertFalse(client.touch("c", 1000));
        assertTrue(client.delete("a"));
        assertFalse(client.delete("a"));
        client.shutdown();
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void sendsWithoutAskingForReplies(Supplier<CommandFactory> protocol) throws Exception {
        var client = connect(protocol);
        client.setWithNoReply("a", 0, "one");
        client.addWithNoReply("a", 0, "two");
        client.replaceWithNoReply("a", 0, "three");
        client.appendWithNoReply("a", ">");
        client.prependWithNoReply("a", "<");
        assertEquals("<three>", client.get("a"));
        client.setWithNoReply("n", 0, "5");
        client.incrWithNoReply("n", 7);
        client.decrWithNoReply("n", 2);
        assertEquals("10", ((String) client.get("n")).strip());
        client.deleteWithNoReply("a");
        assertNull(client.get("a"));
        client.flushAllWithNoReply();
        assertNull(client.get("n"));
        client.shutdown();
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void comparesAndSets(Supplier<CommandFactory> protocol) throws Exception {
        var client = connect(protocol);
        client.set("a", 0, "one");
        var read = client.gets("a");
        assertTrue(client.cas("a", 0, "two", read.getCas()));
        assertFalse(client.cas("a", 0, "three", read.getCas()));
        assertEquals("two", client.get("a"));
        assertNull(client.gets("none"));
        client.shutdown();
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void counts(Supplier<CommandFactory> protocol) throws Exception {
        var client = connect(protocol);
        assertEquals(10, client.incr("n", 1, 10));
        assertEquals(13, client.incr("n", 3, 10));
        assertEquals(11, client.decr("n", 2, 10));
        assertEquals(0, client.decr("n", 100, 10));
        assertEquals(5, client.getCounter("counter", 5).incrementAndGet() - 1);
        client.shutdown();
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void readsManyAtOnce(Supplier<CommandFactory> protocol) throws Exception {
        var client = connect(protocol);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            keys.add("many" + i);
            assertTrue(client.set("many" + i, 0, "value" + i));
        }
        var found = client.<String>get(keys);
        assertEquals(500, found.size());
        assertEquals("value42", found.get("many42"));
        assertEquals(List.of("many7"), List.copyOf(client.gets(List.of("many7", "none")).keySet()));
        client.shutdown();
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void keepsLargeValues(Supplier<CommandFactory> protocol) throws Exception {
        var client = connect(protocol);
        client.getTranscoder().setCompressionThreshold(Integer.MAX_VALUE);
        for (int bytes : new int[] {0, 1, 16_384, 100_000, 1_000_000}) {
            var value = "x".repeat(bytes);
            assertTrue(client.set("large", 0, value));
            assertEquals(value, client.get("large"));
        }
        assertThrows(Exception.class, () -> client.set("large", 0, "x".repeat(1_048_576)));
        client.shutdown();
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void readsVersionAndStatistics(Supplier<CommandFactory> protocol) throws Exception {
        var client = connect(protocol);
        assertEquals(List.of("1.6.45"), List.copyOf(client.getVersions().values()));
        var stats = client.getStats().values().iterator().next();
        assertNotNull(stats.get("curr_items"));
        assertNotNull(client.getStatsByItem("settings").values().iterator().next());
        client.shutdown();
    }
}
