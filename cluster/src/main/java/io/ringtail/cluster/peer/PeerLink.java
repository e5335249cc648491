package io.ringtail.cluster.peer;

import io.netty.buffer.ByteBuf;
import io.ringtail.cluster.peer.ForwardBatch.Piece;
import io.ringtail.cluster.peer.ForwardReply.Failure;
import io.ringtail.metrics.counters.PeerCounters;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.peer.ForwardEntry;
import io.ringtail.protocol.peer.PeerFrame;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's way to one peer: sends a turn's commands in one frame, and hands each reply to
 * who waits for it. When nothing comes back for the time-out, all that is open fails and the peer's
 * breaker opens: commands fail at once until it closes. A connection that breaks fails what was
 * sent, and is opened anew at once for what was not. Owner: an event loop.
 */
public final class PeerLink implements LinkInput.Link {
    private static final byte[] FLUSH = "flush 0".getBytes(StandardCharsets.US_ASCII);
    private static final long PING_INTERVAL_NANOS = 1_000_000_000;
    /** A connection that breaks again within this time is a failure of the peer. */
    private static final long SHORTEST_LIFE_NANOS = PeerStatus.FIRST_PAUSE.toNanos();

    private final PeerStatus status;
    private final PeerCounters counters;
    private final Greeting greeting;
    private final LinkDriver driver;
    private final long timeoutNanos;
    private final ForwardWindow window = new ForwardWindow();
    private final ForwardBatch batch = new ForwardBatch();
    private final ArrayDeque<ByteBuf> unsent = new ArrayDeque<>();

    private State state = State.IDLE;
    private @Nullable Wire wire;
    private @Nullable OutgoingHello hello;
    private LinkInput input = new LinkInput(this, window);
    private boolean turnQueued;
    private boolean pinged;
    private long exchangedAt;
    /** The number of the first command that was not sent. */
    private int firstUnsent;
    private long lastProgress;
    private long readySince;
    /** Whether the connection is to be kept open. */
    private boolean wanted;
    private boolean closed;
    /** The command whose answer is timed, and when it left. */
    private int timedNumber;
    private long timedAt;
    private boolean timing;

    private enum State {
        IDLE, CONNECTING, GREETING, READY
    }

    public PeerLink(PeerStatus status, Greeting greeting, LinkDriver driver, long timeoutNanos) {
        this.status = status;
        this.counters = status.newCounters();
        this.greeting = greeting;
        this.driver = driver;
        this.timeoutNanos = timeoutNanos;
    }

    /** The peer's name on the ring. */
    public String peer() {
        return status.peer();
    }

    /** What became of this loop's commands. */
    public PeerCounters counters() {
        return counters;
    }

    /** Opens the connection before it is needed. */
    public void open() {
        wanted = true;
        if (state == State.IDLE && !closed && status.mayDial()) {
            state = State.CONNECTING;
            lastProgress = driver.nanoTime();
            driver.dial(this);
        }
    }

    /**
     * Sends a command to the peer at the end of the turn. The bytes are copied; {@code reply} hears
     * of every command exactly once, at the latest when the time-out has passed.
     */
    public void forward(int form, long address, int bytes, ForwardReply reply) {
        if (closed || !status.isClosed()
                || window.bytes() + bytes > PeerLimits.MAX_IN_FLIGHT_BYTES) {
            reply.failed(Failure.NOT_SENT);
            return;
        }
        boolean first = window.isEmpty();
        if (first) {
            lastProgress = driver.nanoTime();
        }
        if (state == State.IDLE) {
            open();
        }
        int number = window.add(reply, bytes);
        if (first && !timing) {
            timing = true;
            timedNumber = number;
            timedAt = lastProgress;
        }
        add(number, form, address, bytes);
        if (!turnQueued) {
            turnQueued = true;
            driver.atEndOfTurn(this::endTurn);
        }
    }

    private void add(int number, int form, long address, int bytes) {
        int done = 0;
        long epoch = driver.epoch();
        do {
            if (batch.isClosedTo(epoch)) {
                unsent.add(batch.take());
            }
            int part = Math.min(bytes - done, PeerLimits.PIECE_BYTES);
            int flags = done + part < bytes ? ForwardEntry.MORE : 0;
            batch.add(number, new Piece(form, flags, address + done, part), epoch);
            done += part;
        } while (done < bytes);
    }

    /** Whether so much is on its way that whoever waits for it should not send more. */
    public boolean isCongested() {
        return window.bytes() > PeerLimits.CONGESTED_BYTES;
    }

    /** Commands whose replies are not complete. */
    public int inFlight() {
        return window.open();
    }

    private void endTurn() {
        turnQueued = false;
        sendAll();
    }

    private void sendAll() {
        var to = wire;
        if (!batch.isEmpty()) {
            unsent.add(batch.take());
        }
        if (state != State.READY || to == null || unsent.isEmpty()) {
            return;
        }
        for (var frame = unsent.poll(); frame != null; frame = unsent.poll()) {
            to.write(frame);
        }
        firstUnsent = window.next();
        to.flush();
    }

    /** The connection that was dialled is open. */
    public void connected(Wire opened) {
        if (state != State.CONNECTING) {
            opened.close();
            return;
        }
        wire = opened;
        state = State.GREETING;
        lastProgress = driver.nanoTime();
        hello = new OutgoingHello(greeting, status.peer());
        opened.write(hello.challenge());
        opened.flush();
    }

    /** The dialled connection could not be opened, or {@code lost} broke. */
    public void disconnected(@Nullable Wire lost, String why) {
        if (lost == null ? state != State.CONNECTING : lost != wire) {
            return;
        }
        boolean lived = state == State.READY && status.isClosed()
                && driver.nanoTime() - readySince > SHORTEST_LIFE_NANOS;
        if (lived) {
            hangUp();
            fail(firstUnsent);
            open();
        } else {
            drop(why);
        }
    }

    /** Takes what the peer sent; the memory is the caller's again when this returns. */
    public void received(Wire from, long address, int bytes) {
        if (from != wire) {
            return;
        }
        lastProgress = driver.nanoTime();
        try {
            input.receive(address, bytes);
        } catch (PeerException e) {
            drop(e.reason());
        }
    }

    /** What was sent is moving: the peer takes it. */
    public void sent(Wire to) {
        if (to == wire) {
            lastProgress = driver.nanoTime();
        }
    }

    /**
     * Called several times within the time-out: notices that nothing comes back, and tries to reach
     * a lost peer again.
     */
    public void tick() {
        if (state == State.IDLE) {
            if (wanted) {
                open();
            }
            return;
        }
        long silent = driver.nanoTime() - lastProgress;
        flushMissed();
        boolean waiting = state != State.READY || pinged || !window.isEmpty();
        if (waiting && silent > timeoutNanos) {
            drop("no answer for " + timeoutNanos / 1_000_000 + " ms");
        } else if (!waiting && silent > PING_INTERVAL_NANOS) {
            ping();
        }
    }

    /** What the peer missed while it was away comes before any command. */
    private void flushMissed() {
        if (state != State.READY || !status.isClosed() || !status.takeMissedFlush()) {
            return;
        }
        try (var arena = Arena.ofConfined()) {
            long address = arena.allocate(FLUSH.length).address();
            Memory.copyFrom(FLUSH, 0, address, FLUSH.length);
            forward(ForwardEntry.NODE, address, FLUSH.length, new ForwardReply() {
                @Override
                public void bytes(long at, int bytes) {
                    // It says OK.
                }

                @Override
                public void done() {
                    // So it is.
                }

                @Override
                public void failed(Failure why) {
                    status.missedFlush();
                }
            });
        }
    }

    /** Sends a PING, unless one is under way. */
    public void ping() {
        ping(List.of());
    }

    private void ping(List<String> members) {
        var to = wire;
        if (to != null && state == State.READY && !pinged) {
            pinged = true;
            lastProgress = driver.nanoTime();
            to.write(PingFrame.of(PeerFrame.REQUEST, 0, driver.epoch(), members));
            to.flush();
        }
    }

    /** Tells the peer what this node knows of the members, and hears what it knows. */
    public void exchange() {
        if (state == State.READY && !pinged) {
            exchangedAt = driver.nanoTime();
            ping(greeting.own().members());
        }
    }

    /** The peer goes by the ring with that epoch. */
    @Override
    public void goesBy(long epoch) {
        if (epoch != driver.epoch() && driver.nanoTime() - exchangedAt > PING_INTERVAL_NANOS) {
            exchange();
        }
    }

    /** The node stops: everything open fails. */
    public void close() {
        closed = true;
        hangUp();
        failAll();
    }

    /** The peer counts as gone. */
    private void drop(String why) {
        if (state != State.IDLE) {
            hangUp();
            status.failed(why);
            failAll();
        }
    }

    private void hangUp() {
        state = State.IDLE;
        input.release();
        input = new LinkInput(this, window);
        pinged = false;
        timing = false;
        hello = null;
        var broken = wire;
        wire = null;
        if (broken != null) {
            broken.close();
        }
    }

    private void failAll() {
        batch.release();
        unsent.forEach(ByteBuf::release);
        unsent.clear();
        firstUnsent = window.next();
        fail(firstUnsent);
    }

    private void fail(int end) {
        window.drain(end, (number, reply) -> reply.failed(Failure.UNREACHABLE));
    }

    @Override
    public boolean isOpen() {
        return state == State.GREETING || state == State.READY;
    }

    @Override
    public boolean isReady() {
        return state == State.READY;
    }

    @Override
    public void control(long frame) throws PeerException {
        var greeted = hello;
        if (greeted != null && PeerFrame.opcode(frame) == PeerFrame.HELLO) {
            greet(greeted, frame);
        } else if (pinged && PeerFrame.opcode(frame) == PeerFrame.PING) {
            pinged = false;
            status.succeeded();
            flushMissed();
            var said = PingFrame.members(frame);
            if (said.isEmpty()) {
                goesBy(PeerFrame.epoch(frame));
            } else {
                greeting.heard(said);
            }
        } else {
            throw new PeerException("unexpected answer opcode=" + PeerFrame.opcode(frame)
                    + " status=" + PeerFrame.status(frame));
        }
    }

    @Override
    public void answered(int number) {
        if (timing && number == timedNumber) {
            timing = false;
            counters.timed(lastProgress - timedAt);
        }
    }

    private void greet(OutgoingHello greeted, long frame) throws PeerException {
        var answer = greeted.answer(frame);
        var to = wire;
        if (answer != null && to != null) {
            to.write(answer);
            to.flush();
            return;
        }
        hello = null;
        state = State.READY;
        readySince = driver.nanoTime();
        exchangedAt = readySince - PING_INTERVAL_NANOS;
        if (greeted.epochDiffers()) {
            status.differs();
        }
        if (status.isClosed()) {
            sendAll();
        } else {
            ping();
        }
    }
}
