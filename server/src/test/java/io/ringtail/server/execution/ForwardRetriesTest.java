package io.ringtail.server.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.cluster.peer.ClusterView;
import io.ringtail.cluster.peer.Credentials;
import io.ringtail.cluster.peer.Greeting;
import io.ringtail.cluster.peer.HelloSettings;
import io.ringtail.cluster.peer.LinkDriver;
import io.ringtail.cluster.peer.PeerLink;
import io.ringtail.cluster.peer.PeerLinks;
import io.ringtail.cluster.peer.PeerStatus;
import io.ringtail.cluster.ring.Member;
import io.ringtail.cluster.ring.Ring;
import io.ringtail.cluster.ring.RingConfig;
import io.ringtail.metrics.counters.DurationCounters.Family;
import io.ringtail.metrics.counters.PeerCounters;
import io.ringtail.protocol.binary.BinaryParser;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.peer.ForwardEntry;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.text.TextParser;
import io.ringtail.server.execution.ForwardedExecution.Language;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands that come back because their key is another node's: once more, and no more. */
final class ForwardRetriesTest {
    private static final String SELF = "127.0.0.1:1";
    private static final String PEER = "127.0.0.1:2";
    private static final String SET = "set k 0 0 1\r\nx\r\n";

    private final TestNode node = new TestNode();
    private final Links links = new Links();
    private final ForwardRetries retries = new ForwardRetries(links);
    private final PeerCounters peer = new PeerCounters();
    private final Slot slot = new Slot();
    private final ForwardedCommand command = new ForwardedCommand(slot, setFailure(),
            node.loop.counters().forwards, retries, peer, Family.STORE);

    private static ForwardFailure setFailure() {
        var request = new Request();
        request.operation = io.ringtail.protocol.request.Operation.SET;
        return ForwardFailure.of(request, ForwardEntry.TEXT);
    }

    /** The loop's links, whose view the test changes. */
    private static final class Links implements PeerLinks, LinkDriver {
        private ClusterView view = view(PEER);
        private final List<Runnable> refreshed = new ArrayList<>();
        private final PeerLink link = new PeerLink(new PeerStatus(PEER),
                new Greeting(
                        () -> new HelloSettings(HelloSettings.VERSION, SELF, "", false, "plain/160",
                                1 << 20, HelloSettings.FLAG_BITS, 1, 7, List.of(SELF, PEER)),
                        Credentials.none(), members -> {}),
                this, 1);

        private static ClusterView view(String... members) {
            return ClusterView.of(
                    Ring.of(Stream.of(members).map(Member::new).toList(), RingConfig.defaults()),
                    SELF, null);
        }

        @Override
        public ClusterView view() {
            return view;
        }

        @Override
        public PeerLink link(int member) {
            return link;
        }

        @Override
        public void refresh(Runnable task) {
            refreshed.add(task);
        }

        void tick() {
            var due = List.copyOf(refreshed);
            refreshed.clear();
            due.forEach(Runnable::run);
        }

        @Override
        public boolean isCongested() {
            return false;
        }

        @Override
        public void dial(PeerLink toDial) {
            // Nobody answers.
        }

        @Override
        public void atEndOfTurn(Runnable task) {
            // The turn never ends.
        }

        @Override
        public long epoch() {
            return 7;
        }

        @Override
        public long nanoTime() {
            return 0;
        }
    }

    /** Takes the reply. */
    private static final class Slot implements ReplySlot {
        private final RecordingClient client = new RecordingClient(1);
        private boolean complete;

        @Override
        public Output output() {
            return client.output();
        }

        @Override
        public void complete() {
            assertFalse(complete);
            complete = true;
        }

        @Override
        public boolean takeBack() {
            return true;
        }

        @Override
        public void abandon() {
            throw new IllegalStateException("nothing was sent");
        }
    }

    @AfterEach
    void release() {
        links.link.close();
        node.close();
    }

    private void giveBack(String text) {
        try (var arena = Arena.ofConfined()) {
            var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            long address = arena.allocate(bytes.length).address();
            Memory.copyFrom(bytes, 0, address, bytes.length);
            command.moved(ForwardEntry.TEXT, address, bytes.length);
        }
    }

    @Test
    void goesOnceMoreToTheOwnerAndThenFails() {
        giveBack(SET);
        assertTrue(retries.isWaiting());
        assertEquals(0, links.link.inFlight());
        links.tick();
        assertFalse(retries.isWaiting());
        assertEquals(1, links.link.inFlight());
        giveBack(SET);
        assertTrue(slot.complete);
        assertEquals("SERVER_ERROR owner changed\r\n", slot.client.takeSent());
        assertEquals(2, peer.of(Family.STORE, PeerCounters.Result.NOT_OWNER));
        assertFalse(retries.isWaiting());
        slot.complete = false;
    }

    @Test
    void isExecutedHereWhereTheKeyHasBecomeThisNodesOwn() {
        retries.local(new ForwardedExecution(node.loop,
                new Language(new TextParser(), new TextExecutor(node.loop)),
                new Language(new BinaryParser(), new BinaryExecutor(node.loop)),
                new ClusterRouting(List.of(links))));
        giveBack(SET);
        links.view = Links.view(SELF);
        links.tick();
        assertTrue(slot.complete);
        assertEquals("STORED\r\n", slot.client.takeSent());
        assertEquals("VALUE k 0 1\r\nx\r\nEND\r\n", new TextConnection(node).send("get k\r\n"));
    }

    @Test
    void failsWhereTooManyWait() {
        giveBack("set k 0 0 " + ForwardRetries.MAX_BYTES + "\r\n"
                + "x".repeat(ForwardRetries.MAX_BYTES) + "\r\n");
        assertTrue(slot.complete);
        assertEquals("SERVER_ERROR owner changed\r\n", slot.client.takeSent());
    }
}
