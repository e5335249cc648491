package io.ringtail.cluster.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.spy.memcached.DefaultHashAlgorithm;
import net.spy.memcached.KetamaNodeKeyFormatter.Format;
import net.spy.memcached.KetamaNodeLocator;
import net.spy.memcached.MemcachedNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** spymemcached's own choice of nodes. */
final class SpymemcachedRingTest {
    private static final int KEYS = 100_000;

    static {
        // It asserts 160 points for each node, which its own weights do not give.
        SpymemcachedRingTest.class.getClassLoader()
                .setClassAssertionStatus("net.spy.memcached.KetamaNodeLocator", false);
    }

    private static List<Member> members(int count, boolean weights) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Member("10.0.0." + (i + 1) + (i % 3 == 0 ? ":11311" : ":11211"),
                        weights ? 1 + i % 4 : 1))
                .toList();
    }

    /** An address as spymemcached has it where the application gives a name. */
    private static InetSocketAddress byName(Member member) {
        int colon = member.name().lastIndexOf(':');
        return InetSocketAddress.createUnresolved(member.name().substring(0, colon),
                Integer.parseInt(member.name().substring(colon + 1)));
    }

    /** An address as spymemcached has it where the application gives numbers. */
    private static InetSocketAddress byNumber(Member member) {
        var unresolved = byName(member);
        return new InetSocketAddress(unresolved.getHostString(), unresolved.getPort());
    }

    private static MemcachedNode node(InetSocketAddress address) {
        return (MemcachedNode) Proxy.newProxyInstance(SpymemcachedRingTest.class.getClassLoader(),
                new Class<?>[] {MemcachedNode.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getSocketAddress" -> address;
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> throw new AssertionError(method.getName());
                });
    }

    private static void assertSameOwners(Ring ring, KetamaNodeLocator locator,
            List<InetSocketAddress> addresses) {
        for (int i = 0; i < KEYS; i++) {
            var key = "user:" + i;
            int owner = ring.ownerOf(key.getBytes(StandardCharsets.UTF_8));
            assertEquals(addresses.get(owner), locator.getPrimary(key).getSocketAddress(), key);
        }
    }

    private static Map<InetSocketAddress, Integer> weights(Ring ring,
            List<InetSocketAddress> addresses) {
        var weights = new LinkedHashMap<InetSocketAddress, Integer>();
        for (int i = 0; i < addresses.size(); i++) {
            weights.put(addresses.get(i), ring.members().get(i).weight());
        }
        return weights;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10})
    void ketamaIsItsChoiceWithLibmemcachedsNames(int members) {
        for (boolean weighted : new boolean[] {false, true}) {
            var ring = Ring.of(members(members, weighted), new RingConfig(RingKind.KETAMA));
            var addresses = ring.members().stream().map(SpymemcachedRingTest::byName).toList();
            var locator = new KetamaNodeLocator(
                    addresses.stream().map(SpymemcachedRingTest::node).toList(),
                    DefaultHashAlgorithm.KETAMA_HASH, Format.LIBMEMCACHED,
                    weights(ring, addresses));
            assertSameOwners(ring, locator, addresses);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10})
    void ketamaSpyIsItsChoiceWithoutSettings(int members) {
        var ring = Ring.of(members(members, false), new RingConfig(RingKind.KETAMA_SPY));
        var addresses = ring.members().stream().map(SpymemcachedRingTest::byNumber).toList();
        assertSameOwners(ring,
                new KetamaNodeLocator(addresses.stream().map(SpymemcachedRingTest::node).toList(),
                        DefaultHashAlgorithm.KETAMA_HASH),
                addresses);
    }

    @Test
    void ketamaSpyIsItsChoiceWithWeights() {
        var ring = Ring.of(members(7, true), new RingConfig(RingKind.KETAMA_SPY));
        var addresses = ring.members().stream().map(SpymemcachedRingTest::byNumber).toList();
        assertSameOwners(ring,
                new KetamaNodeLocator(addresses.stream().map(SpymemcachedRingTest::node).toList(),
                        DefaultHashAlgorithm.KETAMA_HASH, Format.SPYMEMCACHED,
                        weights(ring, addresses)),
                addresses);
    }
}
