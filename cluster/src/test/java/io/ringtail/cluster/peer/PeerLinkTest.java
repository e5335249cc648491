package io.ringtail.cluster.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.cluster.peer.ForwardReply.Failure;
import io.ringtail.cluster.peer.PeerStatus.State;
import io.ringtail.metrics.counters.DurationCounters;
import io.ringtail.protocol.peer.ForwardEntry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PeerLinkTest {
    private final PeerPair pair = new PeerPair();

    @AfterEach
    void release() {
        pair.close();
    }

    @Test
    void firstCommandOpensTheConnection() {
        assertEquals(0, pair.driver.dialled);
        var reply = pair.forward("get a");
        var second = pair.forward("get b");
        assertEquals(1, pair.driver.dialled);
        pair.connect();
        assertEquals("[0get a]", reply.text());
        assertTrue(reply.done);
        assertEquals("[0get b]", second.text());
        assertEquals(0, pair.link.inFlight());
    }

    @Test
    void commandsOfOneTurnTravelInOneFrame() {
        pair.forward("get a");
        pair.connect();
        int frames = pair.toOwner.frames;
        int flushes = pair.toOwner.flushes;
        for (int i = 0; i < 100; i++) {
            pair.forward("get " + i);
        }
        pair.carry();
        assertEquals(frames + 1, pair.toOwner.frames);
        assertEquals(flushes + 1, pair.toOwner.flushes);
        assertEquals(101, pair.node.executed.size());
    }

    @Test
    void commandsThatWentByDifferentRingsTravelInDifferentFrames() {
        pair.forward("get a");
        pair.connect();
        int frames = pair.toOwner.frames;
        pair.forward("get b");
        pair.driver.epoch++;
        var next = pair.forward("get c");
        pair.carry();
        assertEquals(frames + 2, pair.toOwner.frames);
        assertEquals("[0get c]", next.text());
        assertFalse(pair.node.lastSameRing);
    }

    @Test
    void repliesFindTheirCommandsHoweverTheBytesAreSplit() {
        for (int portion = 1; portion < 120; portion++) {
            var cut = new PeerPair();
            cut.portion = portion;
            var replies = new ArrayList<RecordingReply>();
            for (int i = 0; i < 20; i++) {
                replies.add(cut.forward(i % 5 == 3 ? "silent" : "set " + i));
            }
            cut.connect();
            for (int i = 0; i < 20; i++) {
                assertTrue(replies.get(i).done, "portion=" + portion);
                assertEquals(i % 5 == 3 ? "" : "[0set " + i + "]", replies.get(i).text());
            }
            cut.close();
        }
    }

    @Test
    void longRepliesComeInPieces() {
        var streamed = pair.forward("stream " + PeerLimits.MAX_VALUE_BYTES);
        var written = pair.forward("long 300000");
        var after = pair.forward("get a");
        pair.connect();
        assertEquals("head " + FakeNode.text(PeerLimits.MAX_VALUE_BYTES) + " tail",
                streamed.text());
        assertEquals(FakeNode.text(300_000), written.text());
        assertTrue(written.pieces > 3);
        assertEquals("[0get a]", after.text());
    }

    @Test
    void valuesAboveTheLimitAreRefusedAndTheNextReplyIsRight() {
        var large = pair.forward("stream " + (PeerLimits.MAX_VALUE_BYTES + 1));
        var after = pair.forward("get a");
        pair.connect();
        assertEquals(Failure.TOO_LARGE, large.failure);
        assertEquals("", large.text());
        assertEquals("[0get a]", after.text());
    }

    @Test
    void longCommandsTravelInPieces() {
        for (int bytes : new int[] {PeerLimits.PIECE_BYTES, PeerLimits.PIECE_BYTES + 1,
            3 * PeerLimits.PIECE_BYTES, PeerLimits.MAX_COMMAND_BYTES}) {
            var before = pair.forward("get a");
            var text = FakeNode.text(bytes);
            var large = pair.forward(text);
            var after = pair.forward("get b");
            pair.portion = 100_000;
            if (pair.node.executed.isEmpty()) {
                pair.connect();
            } else {
                pair.carry();
            }
            assertEquals("[0get a]", before.text());
            assertEquals("[0" + text + "]", large.text());
            assertEquals("[0get b]", after.text());
        }
    }

    @Test
    void sendingIsProgressToo() {
        pair.forward("get a");
        pair.connect();
        var reply = pair.forward(FakeNode.text(PeerLimits.MAX_VALUE_BYTES));
        pair.driver.endTurn();
        for (int i = 0; i < 3; i++) {
            pair.driver.passMillis(400);
            pair.link.sent(pair.toOwner);
            pair.link.tick();
        }
        assertNull(reply.failure);
        pair.driver.passMillis(501);
        pair.link.tick();
        assertEquals(Failure.UNREACHABLE, reply.failure);
    }

    @Test
    void keysOfOthersAreNotExecuted() {
        pair.node.epoch = 8;
        var reply = pair.forward("other");
        pair.connect();
        assertEquals(Failure.NOT_OWNER, reply.failure);
        assertEquals("0other", reply.moved);
        assertFalse(pair.node.lastSameRing);
    }

    @Test
    void commandsOfOthersComeBackWhole() {
        pair.node.epoch = 8;
        pair.forward("get a");
        pair.connect();
        for (int bytes : new int[] {10, 5000, PeerLimits.PIECE_BYTES}) {
            pair.forward("long 5000");
            var command = "other " + "x".repeat(bytes - 6);
            var reply = pair.forward(command);
            var after = pair.forward("get b");
            pair.carry();
            assertEquals("0" + command, reply.moved);
            assertEquals("[0get b]", after.text());
        }
    }

    @Test
    void ownerKnowsWhetherTheRingsAreTheSame() {
        pair.forward("get a");
        pair.connect();
        assertTrue(pair.node.lastSameRing);
    }

    @Test
    void commandsWithoutKeyCloseTheConnection() {
        var before = pair.forward("get a");
        var reply = pair.forward("flush");
        pair.connect();
        assertTrue(before.done);
        assertEquals(Failure.NOT_OWNER, reply.failure);
        assertTrue(pair.toCoordinator.closed);
    }

    @Test
    void silentPeerFailsAllAfterTheTimeout() {
        pair.forward("get a");
        pair.connect();
        var first = pair.forward("set 1");
        pair.driver.endTurn();
        pair.driver.passMillis(400);
        var second = pair.forward("set 2");
        pair.driver.endTurn();
        pair.link.tick();
        assertNull(first.failure);
        pair.driver.passMillis(101);
        pair.link.tick();
        assertEquals(Failure.UNREACHABLE, first.failure);
        assertEquals(Failure.UNREACHABLE, second.failure);
        assertTrue(pair.toOwner.closed);
    }

    @Test
    void timeoutCountsFromTheLastProgress() {
        pair.forward("get a");
        pair.connect();
        var large = pair.forward("long 300000");
        pair.driver.endTurn();
        pair.carryToOwner();
        pair.driver.passMillis(499);
        pair.portion = 100_000;
        pair.carryToCoordinator();
        pair.driver.passMillis(499);
        pair.link.tick();
        assertTrue(large.done);
        var next = pair.forward("get b");
        pair.driver.passMillis(499);
        pair.link.tick();
        assertNull(next.failure);
    }

    /** Fails the peer, and lets one loop try to reach it. */
    private void openBreaker() {
        pair.forward("get a");
        pair.connect();
        pair.forward("set 0");
        pair.driver.endTurn();
        pair.driver.passMillis(501);
        pair.link.tick();
        assertEquals(State.OPEN, pair.status.state());
    }

    @Test
    void openBreakerFailsAtOnceUntilAPingIsAnswered() {
        openBreaker();
        assertEquals(Failure.NOT_SENT, pair.forward("set 2").failure);
        pair.driver.passMillis(50);
        pair.link.tick();
        assertEquals(1, pair.driver.dialled);
        pair.driver.passMillis(1);
        pair.link.tick();
        assertEquals(2, pair.driver.dialled);
        assertEquals(State.HALF_OPEN, pair.status.state());
        assertEquals(Failure.NOT_SENT, pair.forward("set 3").failure);
        pair.connect();
        assertEquals(State.CLOSED, pair.status.state());
        var again = pair.forward("set 4");
        pair.carry();
        assertEquals("[0set 4]", again.text());
        assertEquals(List.of("get a", "set 4"), pair.node.executed);
    }

    @Test
    void breakerIsSharedByAllLoops() {
        var other = new PeerLink(pair.status,
                PeerPair.greeting(PeerPair.COORDINATOR, Credentials.none()), pair.driver,
                PeerPair.TIMEOUT_MILLIS * 1_000_000);
        other.open();
        other.connected(new FakeWire());
        openBreaker();
        var refused = new RecordingReply();
        other.forward(ForwardEntry.TEXT, 0, 0, refused);
        assertEquals(Failure.NOT_SENT, refused.failure);
        pair.driver.passMillis(51);
        pair.link.tick();
        int dialled = pair.driver.dialled;
        other.disconnected(null, "refused");
        other.tick();
        assertEquals(dialled, pair.driver.dialled, "one loop tries at a time");
        other.close();
    }

    @Test
    void resetFailsWhatWasSentAndSendsTheRestAgainAtOnce() {
        pair.forward("get a");
        pair.connect();
        pair.driver.passMillis(51);
        var sent = pair.forward("set 1");
        pair.driver.endTurn();
        var waiting = pair.forward("set 2");
        pair.link.disconnected(pair.toOwner, "reset");
        assertEquals(Failure.UNREACHABLE, sent.failure);
        assertNull(waiting.failure);
        assertEquals(State.CLOSED, pair.status.state());
        assertEquals(2, pair.driver.dialled);
        var later = pair.forward("set 3");
        pair.connect();
        assertEquals("[0set 2]", waiting.text());
        assertEquals("[0set 3]", later.text());
        assertEquals(List.of("get a", "set 2", "set 3"), pair.node.executed);
    }

    @Test
    void peerThatCannotBeDialledAfterAResetIsGone() {
        pair.forward("get a");
        pair.connect();
        pair.driver.passMillis(51);
        pair.link.disconnected(pair.toOwner, "reset");
        var waiting = pair.forward("set 1");
        pair.link.disconnected(null, "refused");
        assertEquals(Failure.UNREACHABLE, waiting.failure);
        assertEquals(State.OPEN, pair.status.state());
    }

    @Test
    void connectionThatBreaksAgainAndAgainIsNotOpenedWithoutPauses() {
        pair.forward("get a");
        pair.connect();
        pair.link.disconnected(pair.toOwner, "reset");
        assertEquals(State.OPEN, pair.status.state());
        assertEquals(1, pair.driver.dialled);
    }

    @Test
    void pausesGrowAndEndWithSuccess() {
        long pause = 50;
        pair.link.open();
        for (int i = 0; i < 8; i++) {
            pair.link.disconnected(null, "refused");
            int dialled = pair.driver.dialled;
            pair.driver.passMillis(pause);
            pair.link.tick();
            assertEquals(dialled, pair.driver.dialled);
            pair.driver.passMillis(1);
            pair.link.tick();
            assertEquals(dialled + 1, pair.driver.dialled);
            pause = Math.min(2 * pause, 1000);
        }
        pair.connect();
        assertEquals(State.CLOSED, pair.status.state());
        pair.link.disconnected(pair.toOwner, "reset");
        int dialled = pair.driver.dialled;
        pair.driver.passMillis(51);
        pair.link.tick();
        assertEquals(dialled + 1, pair.driver.dialled);
    }

    @Test
    void answersAreTimed() {
        pair.forward("get a");
        pair.connect();
        pair.forward("get b");
        pair.driver.endTurn();
        pair.driver.passMillis(9);
        pair.carry();
        assertEquals(9_000_000,
                pair.status.counted().durations.nanos(DurationCounters.Family.OTHER));
    }

    @Test
    void connectionThatIsNeverOpenedFailsToo() {
        var reply = pair.forward("get a");
        pair.driver.endTurn();
        pair.driver.passMillis(501);
        pair.link.tick();
        assertEquals(Failure.UNREACHABLE, reply.failure);
        var late = new FakeWire();
        pair.link.connected(late);
        assertTrue(late.closed);
    }

    @Test
    void idlePeerIsPinged() {
        pair.forward("get a");
        pair.connect();
        pair.driver.passMillis(1001);
        pair.link.tick();
        pair.carry();
        pair.driver.passMillis(999);
        pair.link.tick();
        assertFalse(pair.toOwner.closed);
        pair.driver.passMillis(2);
        pair.link.tick();
        pair.driver.passMillis(501);
        pair.link.tick();
        assertTrue(pair.toOwner.closed);
    }

    @Test
    void commandsOnTheirWayAreBounded() {
        var value = FakeNode.text(PeerLimits.MAX_VALUE_BYTES);
        var replies = new ArrayList<RecordingReply>();
        for (int i = 0; i < 2 * PeerLimits.MAX_IN_FLIGHT_BYTES / value.length(); i++) {
            replies.add(pair.forward(value));
        }
        assertTrue(pair.link.isCongested());
        long refused = replies.stream().filter(it -> it.failure == Failure.NOT_SENT).count();
        assertEquals(replies.size() / 2, refused);
        pair.connect();
        assertTrue(replies.stream().allMatch(it -> it.done || it.failure == Failure.NOT_SENT));
        assertFalse(pair.link.isCongested());
    }

    @Test
    void ownerStopsExecutingWhileRepliesAreNotTaken() {
        pair.forward("get a");
        pair.connect();
        for (int i = 0; i < 10; i++) {
            pair.forward("get " + i);
        }
        pair.driver.endTurn();
        pair.toCoordinator.writable = false;
        pair.carryToOwner();
        assertEquals(1, pair.node.executed.size());
        assertFalse(pair.toCoordinator.reading);
        pair.toCoordinator.writable = true;
        pair.owner.writable();
        assertEquals(11, pair.node.executed.size());
        assertTrue(pair.toCoordinator.reading);
    }

    @Test
    void stoppingNodeFailsWhatIsOpen() {
        var reply = pair.forward("get a");
        pair.link.close();
        assertEquals(Failure.UNREACHABLE, reply.failure);
    }
}
