package io.ringtail.cluster.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.cluster.ring.Member;
import io.ringtail.cluster.ring.Ring;
import io.ringtail.cluster.ring.RingConfig;
import io.ringtail.cluster.ring.RingKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clusters of a hundred nodes, simulated: the figures of docs/scale.md. */
final class HundredNodesTest {
    private static final int NODES = 100;
    private static final int KEYS = 100_000;

    private static List<Member> members(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Member("10.0.0." + (i + 1) + ":11211"))
                .toList();
    }

    private static byte[] key(int number) {
        return ("user:" + number).getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({"KETAMA, 1.3, 1.4", "FAST, 1.1, 1.1"})
    void sharesAndMovementStaySmall(RingKind kind, double largest, double most) {
        var config = new RingConfig(kind);
        var ring = Ring.of(members(NODES), config);
        for (int member = 0; member < NODES; member++) {
            assertTrue(ring.share(member) * NODES <= largest, "share=" + ring.share(member));
        }
        // At a hundred members, ketama's floats round to four points less for each.
        var smaller = Ring.of(members(NODES - 2), config);
        var larger = Ring.of(members(NODES - 1), config);
        int moved = 0;
        for (int i = 0; i < KEYS; i++) {
            var before = smaller.members().get(smaller.ownerOf(key(i)));
            moved += before.equals(larger.members().get(larger.ownerOf(key(i)))) ? 0 : 1;
        }
        assertTrue(moved <= most * KEYS / (NODES - 1), "moved=" + moved);
    }

    /** Every node but the last knows of all but the last, which is added on the first. */
    private static List<StaticMembers> nodes() {
        var nodes = new ArrayList<StaticMembers>();
        for (int i = 0; i < NODES; i++) {
            var known =
                    i == NODES - 1 ? List.of(members(NODES).getFirst(), members(NODES).getLast())
                            : members(NODES - 1);
            nodes.add(new StaticMembers(known, () -> Instant.ofEpochMilli(1)));
        }
        nodes.getFirst().add(members(NODES).getLast());
        return nodes;
    }

    private static long epoch(StaticMembers node) {
        return Ring.of(node.begin(), RingConfig.defaults()).epoch();
    }

    @Test
    void oneMessageToEachPeerMakesAllAgree() {
        var nodes = nodes();
        var first = nodes.getFirst();
        nodes.subList(1, NODES).forEach(node -> node.heard(first.said()));
        assertEquals(1, nodes.stream().map(HundredNodesTest::epoch).distinct().count());
        int bytes = String.join(" ", first.said()).length();
        assertTrue(bytes < 40 * NODES, "bytes=" + bytes);
    }

    /** Where the node that knows reaches nobody, PINGs carry the news: each second to any peer. */
    @Test
    void newsReachAllInAFewSecondsOfPings() {
        for (int seed = 0; seed < 10; seed++) {
            var random = new Random(seed);
            var nodes = nodes();
            int seconds = 0;
            while (nodes.stream().map(StaticMembers::said).distinct().count() > 1) {
                for (var node : nodes) {
                    var peer = nodes.get(random.nextInt(NODES));
                    peer.heard(node.said());
                    node.heard(peer.said());
                }
                seconds++;
                assertTrue(seconds < 20, "seed=" + seed);
            }
        }
    }
}
