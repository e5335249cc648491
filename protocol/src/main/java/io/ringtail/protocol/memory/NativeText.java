package io.ringtail.protocol.memory;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/** A constant ASCII text in native memory, for replies that are written often. Immutable. */
public final class NativeText {
    /** Texts up to this length are written as two words. */
    private static final int SHORT = 16;

    private final long address;
    private final int bytes;
    private final long head;
    private final long tail;

    public NativeText(String ascii) {
        var chars = ascii.getBytes(StandardCharsets.US_ASCII);
        this.bytes = chars.length;
        this.address = Arena.global().allocate(Math.max(chars.length, SHORT), 8).address();
        Memory.copyFrom(chars, 0, address, chars.length);
        this.head = Memory.getLong(address);
        this.tail = Memory.getLong(address + Long.BYTES);
    }

    public int bytes() {
        return bytes;
    }

    /** Ensures room and writes the text. */
    public void writeTo(Output output) {
        if (bytes > SHORT) {
            output.ensure(bytes);
            output.write(address, bytes);
            return;
        }
        long at = output.ensure(SHORT);
        Memory.putLong(at, head);
        Memory.putLong(at + Long.BYTES, tail);
        output.position(at + bytes);
    }
}
