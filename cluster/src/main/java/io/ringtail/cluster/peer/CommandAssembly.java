package io.ringtail.cluster.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.ringtail.protocol.memory.Memory;
import org.jspecify.annotations.Nullable;

/** A long command that arrives in pieces. Owner: the event loop of the connection. */
final class CommandAssembly {
    private @Nullable ByteBuf command;
    private int form;

    boolean isEmpty() {
        return command == null;
    }

    /** Appends the next piece of a command. */
    void add(int itsForm, long address, int bytes) throws PeerException {
        var target = command;
        if (target == null) {
            target = PooledByteBufAllocator.DEFAULT.directBuffer(
                    Math.min(2 * bytes, PeerLimits.MAX_COMMAND_BYTES),
                    PeerLimits.MAX_COMMAND_BYTES);
            command = target;
            form = itsForm;
        }
        int at = target.writerIndex();
        if (itsForm != form || bytes > PeerLimits.MAX_COMMAND_BYTES - at) {
            throw new PeerException("a forwarded command of more than " + at + " bytes");
        }
        target.ensureWritable(bytes);
        Memory.copy(address, target.memoryAddress() + at, bytes);
        target.writerIndex(at + bytes);
    }

    long address() {
        return command == null ? 0 : command.memoryAddress();
    }

    int bytes() {
        return command == null ? 0 : command.writerIndex();
    }

    void release() {
        if (command != null) {
            command.release();
            command = null;
        }
    }
}
