package io.ringtail.cluster.peer;

import io.netty.buffer.PooledByteBufAllocator;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.peer.ForwardEntry;
import io.ringtail.protocol.peer.PeerFrame;
import java.util.List;

/**
 * The owner's side of a connection that another node opened: lets it in, executes the commands that
 * it forwards, and answers them. Commands wait while the other node does not take the replies.
 * Owner: the event loop of the connection.
 */
public final class InboundPeer implements FrameReader.Steps {
    private final Wire wire;
    private final LocalNode node;
    private final Greeting greeting;
    private final Caller caller;
    private final IncomingHello hello;
    private final FrameReader reader = new FrameReader(this);
    private final ForwardReplies replies;
    private final CommandAssembly assembly = new CommandAssembly();
    private boolean closed;
    private boolean paused;
    /** Bytes of the current frame of commands that have not been executed. */
    private int bodyLeft;
    private int nextNumber;
    /** Digest of the ring by which the commands of the current frame were sent. */
    private long epoch;

    /**
     * Who connected.
     *
     * @param loopback whether it is on this machine
     * @param nowNanos when
     */
    public record Caller(String address, boolean loopback, Refusals refusals, long nowNanos) {}

    public InboundPeer(Greeting greeting, Caller caller, LocalNode node, Wire wire) {
        this.greeting = greeting;
        this.hello = new IncomingHello(greeting);
        this.caller = caller;
        this.node = node;
        this.wire = wire;
        this.replies = new ForwardReplies(wire, node::epoch);
    }

    /** Takes what the peer sent; the memory is the caller's again when this returns. */
    public void receive(long from, int bytes) {
        try {
            reader.receive(from, bytes);
        } catch (PeerException e) {
            refuse(e);
        }
        adjustReading();
    }

    /** There is room for replies again. */
    public void writable() {
        try {
            reader.resume();
        } catch (PeerException e) {
            refuse(e);
        }
        flush();
        adjustReading();
    }

    /** Sends what the commands of this turn replied. */
    public void flush() {
        if (!closed) {
            replies.send();
            wire.flush();
        }
    }

    /** The connection is gone. */
    public void closed() {
        closed = true;
        reader.release();
        replies.release();
        assembly.release();
    }

    private void refuse(PeerException why) {
        caller.refusals().report(hello.peer(), caller.address(), why.reason(), caller.nowNanos());
        if (!hello.isComplete()) {
            wire.write(greeting.refusal(why.reason()));
        }
        hangUp();
    }

    private void hangUp() {
        replies.send();
        closed = true;
        reader.release();
        assembly.release();
        wire.close();
    }

    private void adjustReading() {
        boolean full = !closed && reader.hasInput() && !wire.isWritable();
        if (full != paused) {
            paused = full;
            wire.reading(!full);
        }
    }

    @Override
    public boolean mayStep() {
        return !closed && wire.isWritable();
    }

    @Override
    public int step(long at, int bytes) throws PeerException {
        if (bodyLeft > 0) {
            return command(at, bytes);
        }
        if (bytes < PeerFrame.HEADER_BYTES) {
            return 0;
        }
        int body = PeerFrame.bodyBytes(at);
        int most = hello.isComplete() ? PeerFrame.MAX_BODY_BYTES : Greeting.MAX_BODY_BYTES;
        if (PeerFrame.magic(at) != PeerFrame.REQUEST || body < 0 || body > most) {
            throw new PeerException("this is not a frame");
        }
        if (hello.isComplete() && PeerFrame.opcode(at) == PeerFrame.FORWARD) {
            bodyLeft = body;
            nextNumber = PeerFrame.opaque(at);
            epoch = PeerFrame.epoch(at);
            return PeerFrame.HEADER_BYTES;
        }
        int whole = PeerFrame.HEADER_BYTES + body;
        if (bytes < whole) {
            return 0;
        }
        control(at);
        return whole;
    }

    private void control(long frame) throws PeerException {
        int opcode = PeerFrame.opcode(frame);
        if (!hello.isComplete() && opcode == PeerFrame.HELLO) {
            if (!caller.loopback() && !greeting.credentials().hasSecret()) {
                throw new PeerException(
                        "without a cluster secret, only nodes on this machine" + " are let in");
            }
            wire.write(hello.answer(frame));
        } else if (hello.isComplete() && opcode == PeerFrame.PING) {
            pong(frame);
        } else {
            reply(frame, PeerFrame.UNKNOWN_COMMAND);
            if (!hello.isComplete()) {
                hangUp();
            }
        }
    }

    private void pong(long frame) {
        replies.send();
        var said = PingFrame.members(frame);
        if (!said.isEmpty()) {
            greeting.heard(said);
        }
        wire.write(PingFrame.of(PeerFrame.REPLY, PeerFrame.opaque(frame), node.epoch(),
                said.isEmpty() ? List.of() : greeting.own().members()));
    }

    /** Answers with a bare header. */
    private void reply(long frame, int status) {
        replies.send();
        var text = status == PeerFrame.OK ? "" : "Unknown command";
        int bytes = PeerFrame.HEADER_BYTES + text.length();
        var reply = PooledByteBufAllocator.DEFAULT.directBuffer(bytes);
        PeerFrame.write(reply.memoryAddress(), PeerFrame.REPLY, PeerFrame.opcode(frame), status, 0,
                text.length());
        PeerFrame.putIds(reply.memoryAddress(), PeerFrame.opaque(frame), node.epoch());
        for (int i = 0; i < text.length(); i++) {
            Memory.putByte(reply.memoryAddress() + PeerFrame.HEADER_BYTES + i,
                    (byte) text.charAt(i));
        }
        wire.write(reply.writerIndex(bytes));
    }

    private int command(long at, int bytes) throws PeerException {
        if (bytes < ForwardEntry.HEADER_BYTES) {
            return 0;
        }
        int length = ForwardEntry.commandBytes(at);
        int flags = ForwardEntry.flags(at);
        if (length <= 0 || length > bodyLeft - ForwardEntry.HEADER_BYTES
                || (flags & ~ForwardEntry.MORE) != 0) {
            throw new PeerException("a forwarded command of " + length + " bytes, flags=" + flags);
        }
        int whole = ForwardEntry.HEADER_BYTES + length;
        if (bytes < whole) {
            return 0;
        }
        bodyLeft -= whole;
        int form = ForwardEntry.form(at);
        long piece = at + ForwardEntry.HEADER_BYTES;
        if (flags == ForwardEntry.MORE) {
            assembly.add(form, piece, length);
        } else if (assembly.isEmpty()) {
            execute(form, piece, length);
        } else {
            assembly.add(form, piece, length);
            execute(form, assembly.address(), assembly.bytes());
            assembly.release();
        }
        return whole;
    }

    private void execute(int form, long at, int bytes) throws PeerException {
        var output = replies.begin(nextNumber++);
        switch (node.execute(form, epoch == node.epoch(), at, bytes, output)) {
            case DONE -> replies.end(ForwardEntry.DONE);
            case NOT_OWNER -> replies.giveBack(form, at, bytes);
            case VIOLATION -> {
                replies.end(ForwardEntry.NOT_OWNER);
                throw new PeerException("a forwarded command may only be one with a single key");
            }
        }
    }
}
