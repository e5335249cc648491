package io.ringtail.server.session;

import io.netty.buffer.ByteBuf;
import io.ringtail.protocol.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Copies small parts together: a buffer that is handed over by itself costs more than its copy.
 * What was gathered leaves at the next {@link #send}. Owner: the connection's event loop.
 */
final class GatheringTransport implements Transport {
    /** Longer parts go by themselves. */
    static final int MAX_PART_BYTES = 2 << 10;

    private final Transport transport;
    private final ReplyMemory memory;
    private @Nullable ReplyChunk chunk;
    private int gathered;

    GatheringTransport(Transport transport, ReplyMemory memory) {
        this.transport = transport;
        this.memory = memory;
    }

    @Override
    public void write(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (length > MAX_PART_BYTES || bytes instanceof PinnedBytes || !bytes.hasMemoryAddress()) {
            send();
            transport.write(bytes);
            return;
        }
        var target = chunk;
        if (target == null || gathered + length > target.bytes()) {
            send();
            target = memory.take(length, false);
            chunk = target;
        }
        Memory.copy(bytes.memoryAddress() + bytes.readerIndex(), target.address() + gathered,
                length);
        gathered += length;
        bytes.release();
    }

    /** Hands over what was gathered. */
    void send() {
        var full = chunk;
        if (full != null) {
            transport.write(full.last(full.address(), gathered));
            memory.giveBack(full);
            chunk = null;
            gathered = 0;
        }
    }

    @Override
    public void flush() {
        send();
        transport.flush();
    }

    @Override
    public boolean isWritable() {
        return transport.isWritable();
    }

    @Override
    public boolean hasUnsent() {
        return chunk != null || transport.hasUnsent();
    }

    @Override
    public void reading(boolean reading) {
        transport.reading(reading);
    }

    @Override
    public void close() {
        transport.close();
    }

    @Override
    public void execute(Runnable task) {
        transport.execute(task);
    }
}
