package io.ringtail.cluster.peer;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;

/** Collects what one end sends until the test hands it to the other. */
final class FakeWire implements Wire {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    int frames;
    int flushes;
    boolean writable = true;
    boolean reading = true;
    boolean closed;

    @Override
    public void write(ByteBuf bytes) {
        var copy = new byte[bytes.readableBytes()];
        bytes.readBytes(copy);
        bytes.release();
        sent.writeBytes(copy);
        frames++;
    }

    byte[] take() {
        var bytes = sent.toByteArray();
        sent.reset();
        return bytes;
    }

    @Override
    public void flush() {
        flushes++;
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void reading(boolean nowReading) {
        reading = nowReading;
    }

    @Override
    public void close() {
        closed = true;
    }
}
