package io.ringtail.protocol.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.protocol.memory.GuardedMemory;
import java.util.Arrays;

/**
 * Reads a stream of bytes as a connection does, and checks what any parser promises: to stay within
 * what it was given, and to find the same command in its own bytes alone.
 */
public final class ParserProbe {
    private static final int MAX_KEY_BYTES = 250;
    private static final int MEMORY_BYTES = 256 << 10;

    private final RequestParser parser;
    private final int terminatorBytes;
    private final GuardedMemory memory = new GuardedMemory(MEMORY_BYTES);
    private final Request request = new Request();
    private final Request again = new Request();

    public ParserProbe(RequestParser parser, int terminatorBytes) {
        this.parser = parser;
        this.terminatorBytes = terminatorBytes;
    }

    /** Reads command after command, and passes over their values. */
    public void read(byte[] input) {
        int at = 0;
        while (at < input.length) {
            int bytes = Math.min(input.length - at, memory.bytes());
            long address = memory.put(input, at, bytes);
            int used = parser.parse(address, bytes, request);
            if (used <= 0) {
                assertTrue(used == 0 || used == RequestParser.HANG_UP, "used=" + used);
                return;
            }
            checkSpans(address, used, bytes);
            if (request.continued) {
                return;
            }
            checkAlone(input, at, used);
            long value = request.operation.hasValue() ? request.valueBytes + terminatorBytes
                    : request.skipBytes;
            at += (int) Math.min(used + value, input.length - at);
        }
    }

    private void checkSpans(long address, int used, int bytes) {
        assertTrue(used <= bytes, () -> "used=" + used + " bytes=" + bytes);
        assertEquals(address, request.commandAddress);
        assertEquals(used, request.headerBytes);
        assertNotNull(request.error);
        assertTrue(request.skipBytes >= 0, () -> "skipBytes=" + request.skipBytes);
        if (request.operation == Operation.MALFORMED || request.operation == Operation.INVALID) {
            return;
        }
        if (request.keyBytes > 0 && !request.binaryKey) {
            checkSpan(request.keyAddress, request.keyBytes, address, used);
        }
        if (request.operation.name().startsWith("META")) {
            checkSpan(request.flagsAddress, request.flagsBytes, address, used);
        } else if (request.keyBytes == 0) {
            checkSpan(request.argumentsAddress, request.argumentsBytes, address, used);
        }
        if (request.operation.hasValue()) {
            assertTrue(request.valueBytes >= 0, () -> "valueBytes=" + request.valueBytes);
            assertTrue(request.keyBytes > 0 && request.keyBytes <= MAX_KEY_BYTES,
                    () -> "keyBytes=" + request.keyBytes);
        }
    }

    private static void checkSpan(long start, int length, long from, int bytes) {
        assertTrue(length >= 0, () -> "length=" + length);
        assertTrue(length == 0 || start >= from && start + length <= from + bytes,
                () -> "start=" + (start - from) + " length=" + length + " bytes=" + bytes);
    }

    /** The command's bytes alone are the same command, and less than them is none yet. */
    private void checkAlone(byte[] input, int at, int used) {
        var command = Arrays.copyOfRange(input, at, at + used);
        long address = memory.put(command, 0, used);
        assertEquals(used, parser.parse(address, used, again));
        assertEquals(request.operation, again.operation);
        assertEquals(request.keyBytes, again.keyBytes);
        if (request.operation.hasValue()) {
            assertEquals(request.valueBytes, again.valueBytes);
        }
        if (request.operation == Operation.MALFORMED) {
            assertEquals(request.error, again.error);
        }
        long shorter = memory.put(command, 0, used - 1);
        if (used > 1) {
            assertTrue(parser.parse(shorter, used - 1, again) <= 0);
        }
    }
}
