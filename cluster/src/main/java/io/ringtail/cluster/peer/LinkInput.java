package io.ringtail.cluster.peer;

import io.ringtail.cluster.peer.ForwardReply.Failure;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.peer.ForwardEntry;
import io.ringtail.protocol.peer.PeerFrame;

/** Takes apart what a peer answers, and hands replies to who waits. Owner: an event loop. */
final class LinkInput implements FrameReader.Steps {
    private final Link link;
    private final ForwardWindow window;
    private final FrameReader reader = new FrameReader(this);
    /** Bytes of the current frame of replies that have not been taken. */
    private int bodyLeft;

    /** The connection's state, as far as its input needs it. */
    interface Link {
        /** Whether the connection stands. */
        boolean isOpen();

        /** Whether the greeting is complete. */
        boolean isReady();

        /** A complete frame that has no replies. */
        void control(long frame) throws PeerException;

        /** The reply to that number is complete. */
        void answered(int number);

        /** The peer answers commands by the ring with that epoch. */
        void goesBy(long epoch);
    }

    LinkInput(Link link, ForwardWindow window) {
        this.link = link;
        this.window = window;
    }

    /** Takes what arrived; the memory is the caller's again when this returns. */
    void receive(long address, int bytes) throws PeerException {
        reader.receive(address, bytes);
    }

    /** Takes nothing any more. */
    void release() {
        reader.release();
    }

    @Override
    public boolean mayStep() {
        return link.isOpen();
    }

    @Override
    public int step(long address, int bytes) throws PeerException {
        if (bodyLeft > 0) {
            return entry(address, bytes);
        }
        if (bytes < PeerFrame.HEADER_BYTES) {
            return 0;
        }
        int body = PeerFrame.bodyBytes(address);
        if (PeerFrame.magic(address) != PeerFrame.REPLY || body < 0
                || body > PeerFrame.MAX_BODY_BYTES) {
            throw new PeerException("its answer is not a frame");
        }
        if (PeerFrame.opcode(address) == PeerFrame.FORWARD && link.isReady()
                && PeerFrame.status(address) == PeerFrame.OK) {
            bodyLeft = body;
            link.goesBy(PeerFrame.epoch(address));
            return PeerFrame.HEADER_BYTES;
        }
        int whole = PeerFrame.HEADER_BYTES + body;
        if (bytes < whole) {
            return 0;
        }
        link.control(address);
        return whole;
    }

    private int entry(long address, int bytes) throws PeerException {
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
        if (outcome != ForwardEntry.MORE) {
            window.remove(number);
            link.answered(number);
        }
        take(reply, outcome, address + ForwardEntry.HEADER_BYTES, length);
        return whole;
    }

    private static void take(ForwardReply reply, int outcome, long address, int bytes)
            throws PeerException {
        if (bytes > 0 && outcome == ForwardEntry.NOT_OWNER) {
            reply.moved(Memory.getUnsignedByte(address), address + 1, bytes - 1);
            return;
        }
        if (bytes > 0) {
            reply.bytes(address, bytes);
        }
        switch (outcome) {
            case ForwardEntry.MORE -> {}
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
