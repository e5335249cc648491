package io.ringtail.protocol.memory;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/** A constant ASCII text in native memory, for replies that are written often. Immutable. */
public final class NativeText {
    private final long address;
    private final int bytes;

    public NativeText(String ascii) {
        var chars = ascii.getBytes(StandardCharsets.US_ASCII);
        this.bytes = chars.length;
        this.address = Arena.global().allocate(Math.max(chars.length, 1), 8).address();
        Memory.copyFrom(chars, 0, address, chars.length);
    }

    public int bytes() {
        return bytes;
    }

    /** Ensures room and writes the text. */
    public void writeTo(Output output) {
        output.ensure(bytes);
        output.write(address, bytes);
    }
}
