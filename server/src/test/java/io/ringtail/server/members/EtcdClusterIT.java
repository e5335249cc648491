package io.ringtail.server.members;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.live.TextConnection;
import io.ringtail.server.process.NodeProcess;
import io.ringtail.server.testing.FreePorts;
import io.ringtail.server.testing.Patience;
import io.ringtail.server.testing.Scrape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes in processes of their own, whose members are in a real etcd. */
@Timeout(300)
final class EtcdClusterIT {
    private static final int KEYS = 100;
    private static final String SHARE = "ringtail_ring_share{";

    private final List<NodeProcess> nodes = new ArrayList<>();
    private EtcdProcess etcd;
    private String lease = "2s";
    private List<Integer> ports;

    @BeforeEach
    void startEtcd() throws Exception {
        ports = FreePorts.take(5);
        etcd = new EtcdProcess(ports.subList(3, 5));
        etcd.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (var node : nodes) {
            node.process().destroyForcibly();
        }
        etcd.close();
    }

    private String[] arguments(int number, String... more) {
        var arguments = new ArrayList<>(List.of("-p", "" + ports.get(number), "-t", "1", "-m", "64",
                "--metrics", "127.0.0.1:0", "--etcd", etcd.url(), "--lease", lease));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private NodeProcess start(int number, String... more) throws Exception {
        var node = NodeProcess.serve(arguments(number, more));
        nodes.add(node);
        return node;
    }

    private static void awaitMembers(int members, NodeProcess... nodes) throws Exception {
        for (var node : nodes) {
            Patience.until(() -> {
                var now = Scrape.of(node.port("METRICS"));
                return now.lines(SHARE) == members
                        && now.value("ringtail_members{state=\"reachable\"") == members;
            }, () -> "not members=" + members + " in the eyes of port=" + node.port());
        }
    }

    private static double etcdUp(NodeProcess node) throws Exception {
        return Scrape.of(node.port("METRICS")).value("ringtail_etcd_up");
    }

    /** Every key is stored, and there for a client of another node. */
    private static void assertServe(NodeProcess one, NodeProcess other) throws Exception {
        try (var setting = new TextConnection(one.port());
                var getting = new TextConnection(other.port())) {
            for (int i = 0; i < KEYS; i++) {
                assertEquals("STORED", setting.set("key" + i, 0, "v"));
                assertEquals(List.of("VALUE key" + i + " 0 1", "v"), getting.list("get key" + i));
            }
        }
    }

    @Test
    void nodesJoinAndTheRingHealsWhereOneIsKilledOrLeaves() throws Exception {
        var first = start(0);
        var second = start(1);
        var third = start(2);
        awaitMembers(3, first, second, third);
        assertServe(first, second);
        third.process().destroyForcibly().waitFor();
        awaitMembers(2, first, second);
        assertServe(second, first);
        var again = start(2);
        awaitMembers(3, first, second, again);
        signal("STOP", again);
        awaitRing(2, first);
        signal("CONT", again);
        awaitMembers(3, first, second, again);
        second.process().destroy();
        assertEquals(0, Patience.exitCode(second.process(), () -> "the node does not stop"));
        awaitMembers(2, first, again);
        assertServe(first, again);
    }

    private static void awaitRing(int members, NodeProcess node) throws Exception {
        Patience.until(() -> Scrape.of(node.port("METRICS")).lines(SHARE) == members,
                () -> "the ring has not members=" + members);
    }

    private static void signal(String name, NodeProcess node) throws Exception {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(node.pid())).start();
        assertEquals(0, kill.waitFor());
    }

    @Test
    void nodesServeWhileEtcdIsAwayAndEnterItAgain() throws Exception {
        var first = start(0);
        var second = start(1);
        awaitMembers(2, first, second);
        etcd.kill();
        Patience.until(() -> etcdUp(first) == 0 && etcdUp(second) == 0,
                () -> "etcd's absence is not noticed");
        assertServe(first, second);
        etcd.empty();
        etcd.start();
        Patience.until(() -> {
            assertServe(second, first);
            return etcdUp(first) == 1 && etcdUp(second) == 1;
        }, () -> "etcd's return is not noticed");
        var third = start(2);
        awaitMembers(3, first, second, third);
    }

    @Test
    void nodeStartsWithoutEtcdAndJoinsWhenItComes() throws Exception {
        var first = start(0);
        etcd.kill();
        var alone = start(1);
        assertEquals(0, etcdUp(alone));
        assertServe(alone, alone);
        etcd.start();
        awaitMembers(2, first, alone);
    }

    @Test
    void nodeThatDisagreesIsToldWhyAndEnds() throws Exception {
        start(0, "--node-id", "one");
        assertRefused("ringtail: --ring is fast here, but ketama in the cluster ringtail", 1,
                "--ring", "fast");
        assertRefused("ringtail: --max-item-size is 2097152 here, but 1048576 in the cluster "
                + "ringtail", 1, "-I", "2m");
        assertRefused("ringtail: the node id one is alive at 127.0.0.1:" + ports.get(0)
                + ": give this node another one, --node-id ID", 1, "--node-id", "one");
    }

    private void assertRefused(String why, int number, String... more) throws Exception {
        var refusal = NodeProcess.refusal(arguments(number, more));
        assertEquals(69, refusal.exitCode(), refusal.log());
        assertTrue(refusal.log().lines().anyMatch(why::equals), refusal.log());
    }

    @Test
    void nodeThatWasKilledIsItsOwnSuccessorAtOnce() throws Exception {
        lease = "600s";
        var first = start(0);
        var second = start(1);
        awaitMembers(2, first, second);
        second.process().destroyForcibly().waitFor();
        awaitMembers(2, first, start(1));
    }
}
