package io.ringtail.cluster.peer;

import static io.ringtail.cluster.peer.PeerPair.COORDINATOR;
import static io.ringtail.cluster.peer.PeerPair.OWNER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.cluster.peer.ForwardReply.Failure;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.peer.PeerFrame;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GreetingTest {
    private static final Credentials SECRET = secret("a secret that all nodes share");

    private static Credentials secret(String text) {
        return Credentials.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Greeting greeting(HelloSettings settings) {
        return new Greeting(() -> settings, Credentials.none(), members -> {});
    }

    private static boolean agree(Greeting coordinator, Greeting owner, boolean loopback) {
        var pair = new PeerPair(coordinator, owner, loopback);
        var reply = pair.forward("get a");
        pair.connect();
        assertEquals(reply.done, reply.failure == null);
        if (!reply.done) {
            assertEquals(Failure.UNREACHABLE, reply.failure);
            assertTrue(pair.node.executed.isEmpty());
        }
        pair.close();
        return reply.done;
    }

    @Test
    void sharedSecretLetsNodesOfOtherMachinesIn() {
        assertTrue(agree(PeerPair.greeting(COORDINATOR, SECRET), PeerPair.greeting(OWNER, SECRET),
                false));
    }

    @Test
    void otherSecretIsRefusedByBoth() {
        assertFalse(agree(PeerPair.greeting(COORDINATOR, SECRET),
                PeerPair.greeting(OWNER, secret("a secret of somebody else")), true));
    }

    @Test
    void missingSecretIsRefused() {
        assertFalse(agree(PeerPair.greeting(COORDINATOR, Credentials.none()),
                PeerPair.greeting(OWNER, SECRET), true));
        assertFalse(agree(PeerPair.greeting(COORDINATOR, SECRET),
                PeerPair.greeting(OWNER, Credentials.none()), true));
    }

    @Test
    void withoutSecretOnlyThisMachinesNodesAreLetIn() {
        var coordinator = PeerPair.greeting(COORDINATOR, Credentials.none());
        var owner = PeerPair.greeting(OWNER, Credentials.none());
        assertTrue(agree(coordinator, owner, true));
        assertFalse(agree(coordinator, owner, false));
    }

    @Test
    void shortSecretsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> secret("fifteen bytes.."));
    }

    @Test
    void nodesThatDisagreeRefuseEachOther() {
        var own = PeerPair.settings(OWNER, false);
        var other = new HelloSettings(own.version(), COORDINATOR, "", false, own.ring(),
                own.maxItemBytes() * 2, own.flagBits(), own.replicas(), own.epoch(), own.members());
        assertFalse(agree(greeting(other), greeting(own), true));
        assertFalse(agree(greeting(PeerPair.settings(COORDINATOR, false)),
                greeting(PeerPair.settings("127.0.0.1:11213", false)), true));
    }

    @Test
    void disagreementsAreSaid() {
        var own = PeerPair.settings(OWNER, false);
        var base = PeerPair.settings(COORDINATOR, false).to(OWNER);
        assertNull(own.disagreement(base));
        assertReason("peer protocol version differs: this node has 1, the other has 2",
                new HelloSettings(2, COORDINATOR, OWNER, false, base.ring(), base.maxItemBytes(),
                        32, 1, 7, base.members()));
        assertReason("this node is 127.0.0.1:11212, not 127.0.0.1:9", base.to("127.0.0.1:9"));
        assertReason("127.0.0.1:11211 has a cluster secret and 127.0.0.1:11212 has none",
                PeerPair.settings(COORDINATOR, true).to(OWNER));
        assertReason("ring differs: this node has plain/160, the other has plain/100",
                new HelloSettings(1, COORDINATOR, OWNER, false, "plain/100", base.maxItemBytes(),
                        32, 1, 7, base.members()));
        assertReason("-I differs: this node has 1048576, the other has 2048", new HelloSettings(1,
                COORDINATOR, OWNER, false, base.ring(), 2048, 32, 1, 7, base.members()));
        assertReason("width of client flags differs: this node has 32, the other has 64",
                new HelloSettings(1, COORDINATOR, OWNER, false, base.ring(), base.maxItemBytes(),
                        64, 1, 7, base.members()));
        assertReason("replicas differs: this node has 1, the other has 2",
                new HelloSettings(1, COORDINATOR, OWNER, false, base.ring(), base.maxItemBytes(),
                        32, 2, 7, base.members()));
    }

    private static void assertReason(String reason, HelloSettings other) {
        assertEquals(reason, PeerPair.settings(OWNER, false).disagreement(other));
    }

    @Test
    void membersMayDifferForAWhile() {
        var other = new HelloSettings(1, COORDINATOR, "", false, "plain/160", 1 << 20, 32, 1, 99,
                List.of(COORDINATOR));
        assertTrue(agree(greeting(other), greeting(PeerPair.settings(OWNER, false)), true));
    }

    @Test
    void settingsReadBack() throws PeerException {
        var settings = new HelloSettings(1, "[::1]:11211", "b:1", true, "plain/160", 1L << 30, 32,
                2, -5, List.of("[::1]:11211", "b:1"));
        assertEquals(settings, HelloSettings.parse(settings.text()));
        assertEquals(settings, HelloSettings.parse(settings.text() + "news of a later version\n"));
        assertThrows(PeerException.class, () -> HelloSettings.parse("version 1\n"));
        assertThrows(PeerException.class,
                () -> HelloSettings.parse(settings.text().replace("version 1", "version x")));
    }

    @Test
    void strangersGetNothingButUnknownCommand() {
        var pair = new PeerPair();
        send(pair, PeerFrame.FORWARD);
        var answer = pair.toCoordinator.take();
        assertEquals(PeerFrame.FORWARD, answer[1] & 0xFF);
        assertEquals(PeerFrame.UNKNOWN_COMMAND, answer[7] & 0xFF);
        assertTrue(pair.toCoordinator.closed);
        assertTrue(pair.node.executed.isEmpty());
    }

    private static void send(PeerPair pair, int opcode) {
        try (var arena = Arena.ofConfined()) {
            long frame = arena.allocate(64).address();
            PeerFrame.write(frame, PeerFrame.REQUEST, opcode, 0, 0, 16);
            Memory.fill(frame + PeerFrame.HEADER_BYTES, 16, (byte) 0);
            pair.owner.receive(frame, PeerFrame.HEADER_BYTES + 16);
        }
    }

    @Test
    void secondStepBeforeTheFirstIsRefused() {
        var pair = new PeerPair();
        var bytes = PeerPair.greeting(COORDINATOR, Credentials.none())
                .response(new Credentials.Exchange(new byte[32], new byte[32], "", ""));
        pair.owner.receive(bytes.memoryAddress(), bytes.readableBytes());
        bytes.release();
        assertEquals(PeerFrame.REFUSED, pair.toCoordinator.take()[7]);
        assertTrue(pair.toCoordinator.closed);
    }

    /** Somebody who does not know the secret cannot use the owner's proof as his own. */
    @Test
    void proofsOfTheOtherRoleDiffer() {
        var exchange = new Credentials.Exchange(new byte[32], new byte[32], "a", "b");
        assertFalse(SECRET.proves(SECRET.proof(Credentials.Role.OWNER, exchange),
                Credentials.Role.COORDINATOR, exchange));
    }
}
