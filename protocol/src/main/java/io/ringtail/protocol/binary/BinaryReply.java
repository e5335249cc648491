package io.ringtail.protocol.binary;

import static io.ringtail.protocol.binary.BinaryLayout.BODY_BYTES_OFFSET;
import static io.ringtail.protocol.binary.BinaryLayout.CAS_OFFSET;
import static io.ringtail.protocol.binary.BinaryLayout.HEADER_BYTES;
import static io.ringtail.protocol.binary.BinaryLayout.REPLY_MAGIC;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.NativeText;
import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.request.Request;
import java.nio.charset.StandardCharsets;

/**
 * Writes replies of the binary protocol. Each repeats the opcode and the opaque of its request.
 *
 * <pre>
 * reply = header [extras] [key] [value]
 * </pre>
 */
public final class BinaryReply {
    /** Bytes of the client flags in front of a retrieved value. */
    public static final int FLAGS_BYTES = 4;

    private BinaryReply() {}

    /** A reply without a body. */
    public static void empty(Output output, Request request, long cas) {
        long at = output.ensure(HEADER_BYTES);
        header(at, request, Status.OK, 0, 0, 0);
        cas(at, cas);
        output.position(at + HEADER_BYTES);
    }

    /** An error with the text that belongs to its status. */
    public static void error(Output output, Request request, Status status) {
        error(output, request, status, status.text);
    }

    public static void error(Output output, Request request, Status status, NativeText text) {
        long at = output.ensure(HEADER_BYTES + text.bytes());
        header(at, request, status, 0, 0, text.bytes());
        output.position(at + HEADER_BYTES);
        text.writeTo(output);
    }

    /** A miss that repeats the key instead of a text. */
    public static void missWithKey(Output output, Request request) {
        long at = output.ensure(HEADER_BYTES + request.keyBytes);
        header(at, request, Status.NOT_FOUND, 0, request.keyBytes, request.keyBytes);
        output.position(at + HEADER_BYTES);
        output.write(request.keyAddress, request.keyBytes);
    }

    /** The result of an increment or decrement. */
    public static void number(Output output, Request request, long number, long cas) {
        long at = output.ensure(HEADER_BYTES + Long.BYTES);
        header(at, request, Status.OK, 0, 0, Long.BYTES);
        cas(at, cas);
        Memory.putLong(at + HEADER_BYTES, Long.reverseBytes(number));
        output.position(at + HEADER_BYTES + Long.BYTES);
    }

    /** A text off the hot path: the version, a SASL challenge. */
    public static void text(Output output, Request request, Status status, String text) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        long at = output.ensure(HEADER_BYTES);
        header(at, request, status, 0, 0, bytes.length);
        output.position(at + HEADER_BYTES);
        output.bytes(bytes);
    }

    /** One statistic; the one without name and value is the last. */
    public static void statistic(Output output, Request request, String name, String value) {
        var key = name.getBytes(StandardCharsets.ISO_8859_1);
        var body = value.getBytes(StandardCharsets.ISO_8859_1);
        long at = output.ensure(HEADER_BYTES);
        header(at, request, Status.OK, 0, key.length, key.length + (long) body.length);
        output.position(at + HEADER_BYTES);
        output.bytes(key);
        output.bytes(body);
    }

    /** Bytes in front of the value of a retrieval. */
    public static int valueHeaderBytes(int keyBytes) {
        return HEADER_BYTES + FLAGS_BYTES + keyBytes;
    }

    /**
     * Writes what is in front of a retrieved value at {@code at}, where
     * {@link #valueHeaderBytes(int)} bytes are free, and returns the address behind it.
     */
    public static long valueHeader(long at, Request request, int keyBytes, long valueBytes,
            int clientFlags, long cas) {
        header(at, request, Status.OK, FLAGS_BYTES, keyBytes, FLAGS_BYTES + keyBytes + valueBytes);
        cas(at, cas);
        Memory.putInt(at + HEADER_BYTES, Integer.reverseBytes(clientFlags));
        long key = at + HEADER_BYTES + FLAGS_BYTES;
        Memory.copy(request.keyAddress, key, keyBytes);
        return key + keyBytes;
    }

    private static void header(long at, Request request, Status status, int extrasBytes,
            int keyBytes, long bodyBytes) {
        long first = (long) REPLY_MAGIC << 56 | (long) request.opcode << 48 | (long) keyBytes << 32
                | (long) extrasBytes << 24 | status.code;
        long second = bodyBytes << 32 | request.opaque & 0xFFFF_FFFFL;
        Memory.putLong(at, Long.reverseBytes(first));
        Memory.putLong(at + BODY_BYTES_OFFSET, Long.reverseBytes(second));
        Memory.putLong(at + CAS_OFFSET, 0);
    }

    private static void cas(long at, long cas) {
        Memory.putLong(at + CAS_OFFSET, Long.reverseBytes(cas));
    }
}
