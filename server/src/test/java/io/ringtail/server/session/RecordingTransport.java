package io.ringtail.server.session;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/** A transport that keeps what it is given, and can pretend that its client does not read. */
final class RecordingTransport implements Transport {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final ArrayDeque<ByteBuf> queued = new ArrayDeque<>();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    boolean clientReads = true;
    int writes;
    boolean alwaysWritable;
    boolean reading = true;
    boolean closed;

    @Override
    public void write(ByteBuf bytes) {
        writes++;
        queued.addLast(bytes);
    }

    @Override
    public void flush() {
        while (clientReads && !queued.isEmpty()) {
            var next = queued.pollFirst();
            var copy = new byte[next.readableBytes()];
            next.readBytes(copy);
            sent.writeBytes(copy);
            next.release();
        }
    }

    @Override
    public boolean isWritable() {
        return alwaysWritable || queued.isEmpty();
    }

    @Override
    public boolean hasUnsent() {
        return !queued.isEmpty();
    }

    @Override
    public void reading(boolean nowReading) {
        this.reading = nowReading;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void execute(Runnable task) {
        tasks.addLast(task);
    }

    boolean hasTasks() {
        return !tasks.isEmpty();
    }

    void runTasks() {
        for (var task = tasks.pollFirst(); task != null; task = tasks.pollFirst()) {
            task.run();
        }
    }

    /** What the client has read since the last call. */
    String takeSent() {
        var text = sent.toString(StandardCharsets.ISO_8859_1);
        sent.reset();
        return text;
    }
}
