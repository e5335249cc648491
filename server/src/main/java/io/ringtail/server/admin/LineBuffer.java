package io.ringtail.server.admin;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.Output;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines of a dump on their way to the output. Grows as needed. Owner: the event loop of the dump.
 */
final class LineBuffer {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private static final int FIRST_BYTES = 1024;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    int length() {
        return length;
    }

    /** Takes back what was written behind {@code newLength}. */
    void truncate(int newLength) {
        length = newLength;
    }

    /** Moves all lines to the output. */
    void writeTo(Output output) {
        for (int done = 0; done < length;) {
            int part = Math.min(length - done, Output.MAX_ENSURE);
            long at = output.ensure(part);
            Memory.copyFrom(bytes, done, at, part);
            output.position(at + part);
            done += part;
        }
        length = 0;
    }

    LineBuffer text(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            put(ascii.charAt(i));
        }
        return this;
    }

    /** A decimal, taken as unsigned. */
    LineBuffer number(long value) {
        return text(Long.toUnsignedString(value));
    }

    LineBuffer raw(long address, int count) {
        for (int i = 0; i < count; i++) {
            put(Memory.getByte(address + i));
        }
        return this;
    }

    LineBuffer raw(byte[] from) {
        for (byte each : from) {
            put(each);
        }
        return this;
    }

    /** All but letters, digits and {@code -._~} as %XX. */
    LineBuffer uriEncoded(long address, int count) {
        for (int i = 0; i < count; i++) {
            int each = Memory.getUnsignedByte(address + i);
            if (isUnreserved(each)) {
                put(each);
            } else {
                put('%');
                put(HEX[each >>> 4]);
                put(HEX[each & 15]);
            }
        }
        return this;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static boolean isUnreserved(int each) {
        return each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z'
                || each >= '0' && each <= '9' || each == '-' || each == '.' || each == '_'
                || each == '~';
    }

    private void put(int each) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) each;
    }
}
