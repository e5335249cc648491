package io.ringtail.cluster.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.ringtail.cluster.peer.ForwardBatch.Piece;
import io.ringtail.cluster.peer.ForwardReply.Failure;
import io.ringtail.protocol.peer.ForwardEntry;
import io.ringtail.protocol.peer.PeerFrame;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's way to one peer: sends a turn's commands in one frame, and hands each reply to
 * who waits for it. When nothing comes back for the time-out, or the connection breaks, all that is
 * open fails. Then the peer counts as gone, and commands for it fail at once, until a new
 * connection stands; those are tried after growing pauses. Owner: an event loop.
 */
public final class PeerLink implements FrameReader.Steps {
    private static final long FIRST_PAUSE_NANOS = 50_000_000;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;
    private static final long PING_INTERVAL_NANOS = 1_000_000_000;

    private final PeerReport report;
    private final Greeting greeting;
    private final LinkDriver driver;
    private final long timeoutNanos;
    private final ForwardWindow window = new ForwardWindow();
    private final ForwardBatch batch = new ForwardBatch();
    private final ArrayDeque<ByteBuf> unsent = new ArrayDeque<>();

    private State state = State.IDLE;
    private @Nullable Wire wire;
    private @Nullable OutgoingHello hello;
    private FrameReader reader = new FrameReader(this);
    private boolean turnQueued;
    private boolean pinged;
    /** Bytes of the current frame of replies that have not been taken. */
    private int bodyLeft;
    private long lastProgress;
    private long pause;
    private long retryAt;
    /** Whether the last connection, or the last try to open one, failed. */
    private boolean lost;
    private boolean closed;

    private enum State {
        IDLE, CONNECTING, GREETING, READY
    }

    public PeerLink(PeerReport report, Greeting greeting, LinkDriver driver, long timeoutNanos) {
        this.report = report;
        this.greeting = greeting;
        this.driver = driver;
        this.timeoutNanos = timeoutNanos;
    }

    /** The peer's name on the ring. */
    public String peer() {
        return report.peer();
    }

    /** Opens the connection before it is needed. */
    public void open() {
        if (state == State.IDLE && !closed) {
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
        if (!canTake(bytes)) {
            reply.failed(Failure.NOT_SENT);
            return;
        }
        if (window.isEmpty()) {
            lastProgress = driver.nanoTime();
        }
        open();
        add(window.add(reply, bytes), form, address, bytes);
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

    private boolean canTake(int bytes) {
        return !closed && window.bytes() + bytes <= PeerLimits.MAX_IN_FLIGHT_BYTES
                && (!lost || state == State.READY);
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
        if (!batch.isEmpty()) {
            unsent.add(batch.take());
        }
        sendAll();
    }

    private void sendAll() {
        var to = wire;
        if (state != State.READY || to == null || unsent.isEmpty()) {
            return;
        }
        for (var frame = unsent.poll(); frame != null; frame = unsent.poll()) {
            to.write(frame);
        }
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
        hello = new OutgoingHello(greeting, report.peer());
        opened.write(hello.challenge());
        opened.flush();
    }

    /** The dialled connection could not be opened, or {@code lost} broke. */
    public void disconnected(@Nullable Wire lost, String why) {
        if (lost == null ? state == State.CONNECTING : lost == wire) {
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
            reader.receive(address, bytes);
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
            if (lost && driver.nanoTime() - retryAt >= 0) {
                open();
            }
            return;
        }
        long silent = driver.nanoTime() - lastProgress;
        boolean waiting = state != State.READY || pinged || !window.isEmpty();
        if (waiting && silent > timeoutNanos) {
            drop("no answer for " + timeoutNanos / 1_000_000 + " ms");
        } else if (!waiting && silent > PING_INTERVAL_NANOS) {
            ping();
        }
    }

    private void ping() {
        var to = wire;
        if (to != null) {
            pinged = true;
            lastProgress = driver.nanoTime();
            var frame = PooledByteBufAllocator.DEFAULT.directBuffer(PeerFrame.HEADER_BYTES);
            PeerFrame.write(frame.memoryAddress(), PeerFrame.REQUEST, PeerFrame.PING, 0, 0, 0);
            PeerFrame.putIds(frame.memoryAddress(), 0, driver.epoch());
            to.write(frame.writerIndex(PeerFrame.HEADER_BYTES));
            to.flush();
        }
    }

    /** The node stops: everything open fails. */
    public void close() {
        closed = true;
        fail();
    }

    private void drop(String why) {
        if (state == State.IDLE) {
            return;
        }
        if (lost) {
            report.stillLost(why);
        } else {
            report.lost(why);
            lost = true;
        }
        fail();
    }

    private void fail() {
        pause = Math.min(Math.max(pause * 2, FIRST_PAUSE_NANOS), LONGEST_PAUSE_NANOS);
        retryAt = driver.nanoTime() + pause;
        state = State.IDLE;
        reader.release();
        reader = new FrameReader(this);
        bodyLeft = 0;
        pinged = false;
        hello = null;
        batch.release();
        unsent.forEach(ByteBuf::release);
        unsent.clear();
        var broken = wire;
        wire = null;
        if (broken != null) {
            broken.close();
        }
        window.drain((number, reply) -> reply.failed(Failure.UNREACHABLE));
    }

    @Override
    public boolean mayStep() {
        return state == State.GREETING || state == State.READY;
    }

    @Override
    public int step(long address, int bytes) throws PeerException {
        if (bodyLeft > 0) {
            return replyEntry(address, bytes);
        }
        if (bytes < PeerFrame.HEADER_BYTES) {
            return 0;
        }
        int body = PeerFrame.bodyBytes(address);
        if (PeerFrame.magic(address) != PeerFrame.REPLY || body < 0
                || body > PeerFrame.MAX_BODY_BYTES) {
            throw new PeerException("its answer is not a frame");
        }
        if (PeerFrame.opcode(address) == PeerFrame.FORWARD && state == State.READY
                && PeerFrame.status(address) == PeerFrame.OK) {
            bodyLeft = body;
            return PeerFrame.HEADER_BYTES;
        }
        int whole = PeerFrame.HEADER_BYTES + body;
        if (bytes < whole) {
            return 0;
        }
        control(address);
        return whole;
    }

    private void control(long frame) throws PeerException {
        var greeted = hello;
        if (greeted != null && PeerFrame.opcode(frame) == PeerFrame.HELLO) {
            greet(greeted, frame);
        } else if (pinged && PeerFrame.opcode(frame) == PeerFrame.PING) {
            pinged = false;
        } else {
            throw new PeerException("unexpected answer opcode=" + PeerFrame.opcode(frame)
                    + " status=" + PeerFrame.status(frame));
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
        pause = 0;
        if (lost) {
            lost = false;
            report.found();
        }
        if (greeted.epochDiffers()) {
            report.differs();
        }
        sendAll();
    }

    private int replyEntry(long address, int bytes) throws PeerException {
        if (bytes < ForwardEntry.HEADER_BYTES) {
            return 0;
        }
        int length = ForwardEntry.replyBytes(address);
        int whole = ForwardEntry.HEADER_BYTES + length;
        if (whole > bodyLeft) {
            throw new PeerException("a reply is longer than its frame");
        }
        if (bytes < whole) {
            return 0;
        }
        bodyLeft -= whole;
        int number = ForwardEntry.number(address);
        var reply = window.get(number);
        if (reply == null) {
            throw new PeerException("a reply nobody waits for");
        }
        int outcome = ForwardEntry.outcome(address);
        if (length > 0) {
            reply.bytes(address + ForwardEntry.HEADER_BYTES, length);
        }
        if (outcome != ForwardEntry.MORE) {
            window.remove(number);
            finish(reply, outcome);
        }
        return whole;
    }

    private static void finish(ForwardReply reply, int outcome) throws PeerException {
        switch (outcome) {
            case ForwardEntry.DONE -> reply.done();
            case ForwardEntry.NOT_OWNER -> reply.failed(Failure.NOT_OWNER);
            case ForwardEntry.TOO_LARGE -> reply.failed(Failure.TOO_LARGE);
            default -> {
                reply.failed(Failure.UNREACHABLE);
                throw new PeerException("unknown outcome " + outcome);
            }
        }
    }
}
