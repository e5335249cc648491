package io.ringtail.cluster.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.peer.ForwardEntry;
import io.ringtail.protocol.peer.PeerFrame;
import org.jspecify.annotations.Nullable;

/** The FORWARD frame that a turn's commands for one peer go into. Owner: an event loop. */
final class ForwardBatch {
    private static final int SMALLEST = 1024;

    private @Nullable ByteBuf frame;

    boolean isEmpty() {
        return frame == null;
    }

    /**
     * Whether the frame is to be closed before another command is added: it is full, or its
     * commands went by another ring than {@code epoch}'s.
     */
    boolean isClosedTo(long epoch) {
        var open = frame;
        return open != null
                && (open.readableBytes() >= PeerLimits.BATCH_BYTES + PeerFrame.HEADER_BYTES
                        || PeerFrame.epoch(open.memoryAddress()) != epoch);
    }

    /** One command, or a piece of it, in native memory. */
    record Piece(int form, int flags, long address, int bytes) {}

    /**
     * Appends a command or a piece of it; {@code number} is that of the piece before, or counts on
     * from it.
     */
    void add(int number, Piece piece, long epoch) {
        var target = frame;
        if (target == null) {
            target = PooledByteBufAllocator.DEFAULT.directBuffer(SMALLEST);
            frame = target;
            PeerFrame.write(target.memoryAddress(), PeerFrame.REQUEST, PeerFrame.FORWARD, 0, 0, 0);
            PeerFrame.putIds(target.memoryAddress(), number, epoch);
            target.writerIndex(PeerFrame.HEADER_BYTES);
        }
        int at = target.writerIndex();
        target.ensureWritable(ForwardEntry.HEADER_BYTES + piece.bytes);
        long entry = target.memoryAddress() + at;
        ForwardEntry.writeRequest(entry, piece.form, piece.flags, piece.bytes);
        Memory.copy(piece.address, entry + ForwardEntry.HEADER_BYTES, piece.bytes);
        target.writerIndex(at + ForwardEntry.HEADER_BYTES + piece.bytes);
    }

    /** The finished frame, which the caller releases; the next command starts another. */
    ByteBuf take() {
        var finished = frame;
        if (finished == null) {
            throw new IllegalStateException("no command in the batch");
        }
        frame = null;
        PeerFrame.putBodyBytes(finished.memoryAddress(),
                finished.readableBytes() - PeerFrame.HEADER_BYTES);
        return finished;
    }

    void release() {
        if (frame != null) {
            frame.release();
            frame = null;
        }
    }
}
