package io.ringtail.server.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.spotify.folsom.BinaryMemcacheClient;
import com.spotify.folsom.MemcacheClient;
import com.spotify.folsom.MemcacheClientBuilder;
import com.spotify.folsom.MemcacheStatus;
import io.ringtail.server.testing.Patience;
import io.ringtail.server.wire.NodeInProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folsom with the text and the binary protocol. */
class FolsomIT {
    private static NodeInProcess node;

    @BeforeAll
    static void start() {
        node = NodeInProcess.start();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static MemcacheClient<String> connect(String protocol) throws Exception {
        var builder = MemcacheClientBuilder.newStringClient()
                .withAddress("127.0.0.1", node.port())
                .withRequestTimeoutMillis(Patience.MILLIS);
        MemcacheClient<String> client =
                protocol.equals("ascii") ? builder.connectAscii() : builder.connectBinary();
        client.awaitConnected(Patience.SECONDS, TimeUnit.SECONDS);
        get(client.flushAll(0));
        return client;
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ascii", "binary"})
    void storesAndReads(String protocol) throws Exception {
        var client = connect(protocol);
        assertNull(get(client.get("a")));
        assertEquals(MemcacheStatus.OK, get(client.set("a", "one", 0)));
        assertEquals("one", get(client.get("a")));
        assertEquals(MemcacheStatus.OK, get(client.add("b", "two", 100)));
        assertEquals(MemcacheStatus.OK, get(client.replace("b", "three", 100)));
        assertEquals(MemcacheStatus.OK, get(client.append("b", ">")));
        assertEquals(MemcacheStatus.OK, get(client.prepend("b", "<")));
        assertEquals("<three>", get(client.get("b")));
        assertEquals(MemcacheStatus.OK, get(client.touch("b", 1000)));
        assertEquals(MemcacheStatus.KEY_NOT_FOUND, get(client.touch("c", 1000)));
        assertEquals(MemcacheStatus.OK, get(client.delete("a")));
        assertEquals(MemcacheStatus.KEY_NOT_FOUND, get(client.delete("a")));
        client.shutdown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ascii", "binary"})
    void comparesAndSets(String protocol) throws Exception {
        var client = connect(protocol);
        get(client.set("a", "one", 0));
        var read = get(client.casGet("a"));
        assertEquals("one", read.getValue());
        assertEquals(MemcacheStatus.OK, get(client.set("a", "two", 0, read.getCas())));
        assertEquals(MemcacheStatus.KEY_EXISTS, get(client.set("a", "three", 0, read.getCas())));
        assertEquals("two", get(client.get("a")));
        assertEquals(MemcacheStatus.OK, get(client.deleteAll("a")));
        client.shutdown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ascii", "binary"})
    void readsManyAtOnce(String protocol) throws Exception {
        var client = connect(protocol);
        List<String> keys = new ArrayList<>();
        List<String> values = new ArrayList<>();
        List<CompletionStage<MemcacheStatus>> stored = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            keys.add("many" + i);
            values.add("value" + i);
            stored.add(client.set("many" + i, "value" + i, 0));
        }
        for (var one : stored) {
            assertEquals(MemcacheStatus.OK, get(one));
        }
        assertEquals(values, get(client.get(keys)));
        assertEquals(Arrays.asList("value7", null), get(client.get(List.of("many7", "none"))));
        client.shutdown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ascii", "binary"})
    void readsStatistics(String protocol) throws Exception {
        var client = connect(protocol);
        var stats = get(client.getStats("")).values().iterator().next();
        assertNotNull(stats.getStats().get("curr_items"));
        client.shutdown();
    }

    @Test
    void countsInBinary() throws Exception {
        var client = (BinaryMemcacheClient<String>) connect("binary");
        assertEquals(10, get(client.incr("n", 1, 10, 0)));
        assertEquals(13, get(client.incr("n", 3, 10, 0)));
        assertEquals(0, get(client.decr("n", 100, 10, 0)));
        assertNull(get(client.noop()));
        assertNull(get(client.getAndTouch("none", 100)));
        client.shutdown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ascii", "binary"})
    void keepsLargeValues(String protocol) throws Exception {
        var builder = MemcacheClientBuilder.newByteArrayClient()
                .withAddress("127.0.0.1", node.port())
                .withRequestTimeoutMillis(Patience.MILLIS);
        MemcacheClient<byte[]> client =
                protocol.equals("ascii") ? builder.connectAscii() : builder.connectBinary();
        client.awaitConnected(Patience.SECONDS, TimeUnit.SECONDS);
        for (int bytes : new int[] {0, 1, 16_384, 100_000, 1_000_000}) {
            byte[] value = new byte[bytes];
            Arrays.fill(value, (byte) '\r');
            assertEquals(MemcacheStatus.OK, get(client.set("large", value, 0)));
            assertArrayEquals(value, get(client.get("large")));
        }
        client.shutdown();
    }
}
