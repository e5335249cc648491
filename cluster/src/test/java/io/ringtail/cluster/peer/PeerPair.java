package io.ringtail.cluster.peer;

import io.ringtail.cluster.peer.InboundPeer.Caller;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.peer.ForwardEntry;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A coordinator's link and an owner, whose bytes the test carries from one to the other. */
final class PeerPair {
    static final String COORDINATOR = "127.0.0.1:11211";
    static final String OWNER = "127.0.0.1:11212";
    static final long TIMEOUT_MILLIS = 500;

    final FakeDriver driver = new FakeDriver();
    final FakeNode node = new FakeNode();
    final PeerStatus status;
    final PeerLink link;
    FakeWire toOwner = new FakeWire();
    FakeWire toCoordinator = new FakeWire();
    InboundPeer owner;
    /** How many bytes arrive at once. */
    int portion = Integer.MAX_VALUE;
    private final Greeting ownersGreeting;
    private final Caller caller;

    PeerPair(Greeting coordinators, Greeting owners, boolean loopback) {
        status = new PeerStatus(OWNER, driver::nanoTime);
        link = new PeerLink(status, coordinators, driver, TIMEOUT_MILLIS * 1_000_000);
        ownersGreeting = owners;
        caller = new Caller("tcp:127.0.0.1:4711", loopback, new Refusals(0), 0);
        owner = new InboundPeer(owners, caller, node, toCoordinator);
    }

    PeerPair() {
        this(greeting(COORDINATOR, Credentials.none()), greeting(OWNER, Credentials.none()), true);
    }

    static Greeting greeting(String id, Credentials credentials) {
        var settings = settings(id, credentials.hasSecret());
        return new Greeting(() -> settings, credentials, members -> {});
    }

    static HelloSettings settings(String id, boolean secret) {
        return new HelloSettings(HelloSettings.VERSION, id, "", secret, "plain/160", 1 << 20,
                HelloSettings.FLAG_BITS, 1, 7, List.of(COORDINATOR, OWNER));
    }

    /** Releases what both ends hold. */
    void close() {
        link.close();
        owner.closed();
    }

    RecordingReply forward(String command) {
        var reply = new RecordingReply();
        var bytes = command.getBytes(StandardCharsets.ISO_8859_1);
        try (var arena = Arena.ofConfined()) {
            long address = arena.allocate(Math.max(bytes.length, 1)).address();
            Memory.copyFrom(bytes, 0, address, bytes.length);
            link.forward(ForwardEntry.TEXT, address, bytes.length, reply);
        }
        return reply;
    }

    /** Opens a connection anew and lets both ends greet. */
    void connect() {
        toOwner = new FakeWire();
        toCoordinator = new FakeWire();
        owner.closed();
        owner = new InboundPeer(ownersGreeting, caller, node, toCoordinator);
        link.connected(toOwner);
        carry();
    }

    /** Ends the turn and carries bytes to and fro until both are silent. */
    void carry() {
        driver.endTurn();
        while (carryToOwner() | carryToCoordinator()) {
            driver.endTurn();
        }
    }

    boolean carryToOwner() {
        return carry(toOwner.take(), (address, bytes) -> {
            owner.receive(address, bytes);
            owner.flush();
        });
    }

    boolean carryToCoordinator() {
        var wire = toOwner;
        return carry(toCoordinator.take(), (address, bytes) -> link.received(wire, address, bytes));
    }

    private interface Receiver {
        void receive(long address, int bytes);
    }

    private boolean carry(byte[] bytes, Receiver receiver) {
        try (var arena = Arena.ofConfined()) {
            for (int at = 0; at < bytes.length;) {
                int part = Math.min(portion, bytes.length - at);
                long address = arena.allocate(part).address();
                Memory.copyFrom(bytes, at, address, part);
                receiver.receive(address, part);
                at += part;
            }
        }
        return bytes.length > 0;
    }
}
