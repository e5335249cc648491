package io.ringtail.cluster.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.memory.ValueStream;
import io.ringtail.protocol.peer.ForwardEntry;
import io.ringtail.protocol.peer.PeerFrame;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The frames that replies to forwarded commands go into, one entry after the other. A reply that
 * does not fit into the rest of a frame is cut there and goes on in the next. Owner: the event loop
 * of the connection.
 */
final class ForwardReplies implements Output.Sink {
    private static final int FIRST_FRAME_BYTES = 8 << 10;

    private final Wire wire;
    private final LongSupplier epoch;
    private final Output output = new Output(this);
    private @Nullable ByteBuf frame;
    private int number;
    private boolean cut;
    private boolean tooLarge;

    ForwardReplies(Wire wire, LongSupplier epoch) {
        this.wire = wire;
        this.epoch = epoch;
    }

    /** Where the reply to command {@code itsNumber} is to be written, until {@link #end}. */
    Output begin(int itsNumber) {
        number = itsNumber;
        cut = false;
        tooLarge = false;
        var target = frame;
        if (target != null && free(target) < PeerLimits.REPLY_HEAD_BYTES) {
            send();
        }
        open(FIRST_FRAME_BYTES);
        return output;
    }

    private static int free(ByteBuf target) {
        return target.capacity() - target.writerIndex() - ForwardEntry.HEADER_BYTES;
    }

    private void open(int capacity) {
        var target = frame;
        if (target == null) {
            target = PooledByteBufAllocator.DEFAULT.directBuffer(capacity, capacity);
            PeerFrame.write(target.memoryAddress(), PeerFrame.REPLY, PeerFrame.FORWARD,
                    PeerFrame.OK, 0, 0);
            PeerFrame.putIds(target.memoryAddress(), 0, epoch.getAsLong());
            frame = target.writerIndex(PeerFrame.HEADER_BYTES);
        }
        long start = target.memoryAddress() + target.writerIndex() + ForwardEntry.HEADER_BYTES;
        output.window(start, target.memoryAddress() + target.capacity());
    }

    /** Completes the reply: with what was written where it is DONE, without it otherwise. */
    void end(int outcome) {
        if (tooLarge || outcome != ForwardEntry.DONE) {
            output.position(output.start());
        }
        close(tooLarge ? ForwardEntry.TOO_LARGE : outcome);
    }

    /** Gives the command back, whose key is another node's; the longest ones are not. */
    void giveBack(int form, long address, int bytes) {
        if (bytes <= PeerLimits.PIECE_BYTES) {
            long at = output.ensure(bytes + 1);
            Memory.putByte(at, (byte) form);
            Memory.copy(address, at + 1, bytes);
            output.position(at + 1 + bytes);
        }
        close(ForwardEntry.NOT_OWNER);
    }

    private void close(int outcome) {
        var target = frame;
        if (target != null) {
            ForwardEntry.writeReply(target.memoryAddress() + target.writerIndex(), number, outcome,
                    output.written());
            target.writerIndex(target.writerIndex() + ForwardEntry.HEADER_BYTES + output.written());
        }
        output.window(0, 0);
    }

    /** Hands over the frame that is being filled, if there is one. */
    void send() {
        var finished = frame;
        if (finished != null) {
            frame = null;
            PeerFrame.putBodyBytes(finished.memoryAddress(),
                    finished.readableBytes() - PeerFrame.HEADER_BYTES);
            wire.write(finished);
        }
    }

    @Override
    public void grow(Output out, int bytes) {
        if (tooLarge) {
            out.position(out.start());
        }
        if (out.written() > 0) {
            cut = true;
            close(ForwardEntry.MORE);
        }
        var target = frame;
        if (target != null && target.writerIndex() == PeerFrame.HEADER_BYTES) {
            target.release();
            frame = null;
        } else {
            send();
        }
        open(Math.max(PeerLimits.REPLY_FRAME_BYTES,
                bytes + ForwardEntry.HEADER_BYTES + PeerFrame.HEADER_BYTES));
    }

    @Override
    public void stream(Output out, ValueStream value) {
        try (value) {
            if (value.remaining() > PeerLimits.MAX_VALUE_BYTES && !cut) {
                tooLarge = true;
                return;
            }
            while (value.remaining() > 0) {
                int part = value.partBytes();
                out.copy(value.partAddress(), part);
                value.advance(part);
            }
        }
    }

    void release() {
        if (frame != null) {
            frame.release();
            frame = null;
        }
        output.window(0, 0);
    }
}
