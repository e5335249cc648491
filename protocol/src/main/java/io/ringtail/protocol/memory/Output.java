package io.ringtail.protocol.memory;

import java.nio.charset.StandardCharsets;

/**
 * Writes replies into a window of native memory that its {@link Sink} owns. Owner: an event loop.
 * Writers call {@link #ensure} once for what they are about to write and then write without checks.
 */
public final class Output {
    /** Owns the memory behind an output. */
    public interface Sink {
        /**
         * Keeps what was written and calls {@link Output#window} with at least {@code bytes} free
         * bytes.
         */
        void grow(Output output, int bytes);

        /** Sends {@code value} after what was written so far, and closes it in the end. */
        void stream(Output output, ValueStream value);
    }

    /** The most that may be asked of {@link #ensure} at once. */
    public static final int MAX_ENSURE = 32 << 10;

    private final Sink sink;
    private long start;
    private long position;
    private long limit;

    public Output(Sink sink) {
        this.sink = sink;
    }

    /** Gives the output new memory; what was written before belongs to the sink. */
    public void window(long start, long limit) {
        this.start = start;
        this.position = start;
        this.limit = limit;
    }

    public long start() {
        return start;
    }

    public long position() {
        return position;
    }

    /** Moves the position, forward after raw writes or back to take written bytes back. */
    public void position(long address) {
        this.position = address;
    }

    public int written() {
        return (int) (position - start);
    }

    /** Makes {@code bytes} contiguous bytes free at the position it returns. */
    public long ensure(int bytes) {
        if (limit - position < bytes) {
            sink.grow(this, bytes);
        }
        return position;
    }

    /** Writes one byte; room for it was ensured. */
    public void writeByte(int value) {
        Memory.putByte(position++, (byte) value);
    }

    /** Copies bytes; room for them was ensured. */
    public void write(long from, int bytes) {
        Memory.copy(from, position, bytes);
        position += bytes;
    }

    /** Writes an unsigned decimal; room for 20 digits was ensured. */
    public void writeDecimal(long value) {
        position = Decimal.write(position, value);
    }

    /** Ensures and writes ASCII text; for replies off the hot path. */
    public void text(String ascii) {
        bytes(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Ensures and writes {@code bytes}, in pieces where they are long. */
    public void bytes(byte[] bytes) {
        for (int done = 0; done < bytes.length;) {
            int part = Math.min(bytes.length - done, MAX_ENSURE);
            Memory.copyFrom(bytes, done, ensure(part), part);
            position += part;
            done += part;
        }
    }

    /** Ensures and copies native bytes of any length, in pieces where they are long. */
    public void copy(long from, long bytes) {
        for (long done = 0; done < bytes;) {
            int part = (int) Math.min(bytes - done, MAX_ENSURE);
            ensure(part);
            write(from + done, part);
            done += part;
        }
    }

    /** Sends a large value after what was written so far. The output closes {@code value}. */
    public void stream(ValueStream value) {
        sink.stream(this, value);
    }
}
