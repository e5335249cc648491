package io.ringtail.cluster.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.ringtail.protocol.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what another node sends into frame headers and entries, and keeps what cannot be taken yet.
 * Owner: the event loop of the connection.
 */
final class FrameReader {
    private static final int SMALLEST = 1024;

    private final Steps steps;
    private @Nullable ByteBuf kept;
    private boolean released;

    /** Takes the pieces of the input one by one. */
    interface Steps {
        /** Takes one piece and says how many bytes it had; 0 where more input is needed. */
        int step(long address, int bytes) throws PeerException;

        /** Whether another piece may be taken now. */
        boolean mayStep();
    }

    FrameReader(Steps steps) {
        this.steps = steps;
    }

    /** Takes what arrived; the memory is the caller's again when this returns. */
    void receive(long address, int bytes) throws PeerException {
        if (released) {
            return;
        }
        if (kept != null) {
            keep(address, bytes);
            resume();
            return;
        }
        int used = consume(address, bytes);
        if (used < bytes && !released) {
            keep(address + used, bytes - used);
        }
    }

    /** Goes on with what was kept, as far as it may be taken now. */
    void resume() throws PeerException {
        var input = kept;
        if (input == null) {
            return;
        }
        int used = consume(input.memoryAddress() + input.readerIndex(), input.readableBytes());
        if (released) {
            return;
        }
        input.skipBytes(used);
        if (!input.isReadable()) {
            input.release();
            kept = null;
        }
    }

    /** Whether something was kept. */
    boolean hasInput() {
        return kept != null;
    }

    /** Forgets everything; nothing is taken any more. */
    void release() {
        released = true;
        if (kept != null) {
            kept.release();
            kept = null;
        }
    }

    private int consume(long address, int bytes) throws PeerException {
        int at = 0;
        while (at < bytes && !released && steps.mayStep()) {
            int used = steps.step(address + at, bytes - at);
            if (used == 0) {
                break;
            }
            at += used;
        }
        return at;
    }

    private void keep(long address, int bytes) {
        var buffer = kept;
        if (buffer == null) {
            buffer = PooledByteBufAllocator.DEFAULT.directBuffer(Math.max(bytes, SMALLEST));
            kept = buffer;
        }
        if (buffer.writableBytes() < bytes) {
            buffer.discardReadBytes().ensureWritable(bytes);
        }
        Memory.copy(address, buffer.memoryAddress() + buffer.writerIndex(), bytes);
        buffer.writerIndex(buffer.writerIndex() + bytes);
    }
}
