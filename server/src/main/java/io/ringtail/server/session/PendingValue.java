package io.ringtail.server.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Request;
import io.ringtail.server.execution.Client;
import io.ringtail.server.execution.CommandExecutor;
import io.ringtail.server.execution.CommandExecutor.Rejection;
import io.ringtail.server.execution.LoopContext;
import io.ringtail.server.store.Upload;
import org.jspecify.annotations.Nullable;

/**
 * A value that arrives in parts and goes to the store as it comes, or is skipped. Owner: the
 * connection's event loop.
 */
final class PendingValue implements AutoCloseable {
    private final @Nullable Command command;
    private final int terminator;
    private long valueBytes;
    private int terminatorSeen;
    private boolean badTerminator;
    private @Nullable Upload upload;

    /**
     * The command that waits for its value, kept apart from the input and from the loop's
     * flyweight.
     */
    private record Command(LoopContext loop, CommandExecutor executor, ByteBuf memory,
            Request request) {}

    private PendingValue(@Nullable Command command, @Nullable Upload upload, long valueBytes,
            int terminator) {
        this.command = command;
        this.upload = upload;
        this.valueBytes = valueBytes;
        this.terminator = terminator;
    }

    /** Passes over {@code bytes} bytes. */
    static PendingValue skip(long bytes) {
        return new PendingValue(null, null, bytes, 0);
    }

    /**
     * Takes the value of {@code request}; where the store has no room, the value is skipped and the
     * command answered.
     */
    static PendingValue take(LoopContext loop, Request request, CommandExecutor executor,
            Client client) {
        var upload = loop.store().upload(request.valueBytes);
        int terminator = executor.terminatorBytes();
        if (upload == null) {
            executor.rejectValue(request, Rejection.OUT_OF_MEMORY, client);
            return skip(request.valueBytes + terminator);
        }
        int header = request.headerBytes;
        var kept = PooledByteBufAllocator.DEFAULT.directBuffer(header + request.keyBytes);
        Memory.copy(request.commandAddress, kept.memoryAddress(), header);
        Memory.copy(request.keyAddress, kept.memoryAddress() + header, request.keyBytes);
        var copy = new Request();
        copy.copyFrom(request, kept.memoryAddress() - request.commandAddress);
        copy.keyAddress = kept.memoryAddress() + header;
        return new PendingValue(new Command(loop, executor, kept, copy), upload, request.valueBytes,
                terminator);
    }

    boolean isSkipping() {
        return upload == null;
    }

    /** Takes up to {@code bytes} bytes and says how many. */
    int feed(long address, int bytes) {
        int part = (int) Math.min(bytes, valueBytes);
        if (part > 0) {
            keep(address, part);
            valueBytes -= part;
        }
        int rest = Math.min(bytes - part, valueBytes == 0 ? terminator - terminatorSeen : 0);
        for (int i = 0; i < rest; i++) {
            int expected = terminatorSeen++ == 0 ? '\r' : '\n';
            badTerminator |= Memory.getByte(address + part + i) != expected;
        }
        return part + rest;
    }

    private void keep(long address, int bytes) {
        var target = upload;
        if (target != null && !target.append(address, bytes)) {
            target.close();
            upload = null;
        }
    }

    boolean isComplete() {
        return valueBytes == 0 && terminatorSeen == terminator;
    }

    /** Executes the command whose value is complete now. */
    void finish(Client client) {
        var waiting = command;
        if (waiting == null) {
            return;
        }
        try {
            var request = waiting.request();
            if (badTerminator) {
                waiting.executor().rejectValue(request, Rejection.BAD_TERMINATOR, client);
            } else if (upload == null) {
                waiting.executor().rejectValue(request, Rejection.OUT_OF_MEMORY, client);
            } else {
                waiting.executor().execute(request, upload, client);
            }
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        if (upload != null) {
            upload.close();
            upload = null;
        }
        if (command != null && command.memory().refCnt() > 0) {
            command.memory().release();
        }
    }
}
