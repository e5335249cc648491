package io.ringtail.protocol.text;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.request.RequestParser;
import java.lang.foreign.Arena;

/** Whatever clients send, requests point into what they sent, and lengths are bounded. */
final class TextParserFuzzTest {
    private static final int MAX_INPUT = 256 << 10;

    @FuzzTest(maxDuration = "5m")
    void requestsStayInsideTheInput(byte[] input) {
        try (var arena = Arena.ofConfined()) {
            int bytes = Math.min(input.length, MAX_INPUT);
            long address = arena.allocate(Math.max(bytes, 1), 8).address();
            Memory.copyFrom(input, 0, address, bytes);
            parseAll(address, address + bytes);
        }
    }

    private static void parseAll(long from, long end) {
        var parser = new TextParser();
        var request = new Request();
        for (long at = from; at < end;) {
            int used = parser.parse(at, (int) (end - at), request);
            if (used == 0 || used == RequestParser.HANG_UP) {
                return;
            }
            assertTrue(used > 0 && used <= end - at, "used=" + used);
            check(request, at, at + used);
            at += used;
        }
    }

    private static void check(Request request, long from, long to) {
        if (request.operation == Operation.MALFORMED) {
            assertTrue(request.skipBytes >= 0 && request.skipBytes <= 1L << 31);
            return;
        }
        boolean meta = request.operation.name().startsWith("META");
        boolean hasKey = request.operation.compareTo(Operation.FLUSH_ALL) < 0;
        if (meta) {
            assertInside(request.flagsAddress, request.flagsBytes, from, to);
        }
        if (request.operation == Operation.GET || request.operation == Operation.GET_AND_TOUCH
                || !hasKey) {
            assertInside(request.argumentsAddress, request.argumentsBytes, from, to);
        } else if (request.operation != Operation.META_NOOP) {
            assertTrue(request.keyBytes > 0 && request.keyBytes <= ClassicLine.MAX_KEY_BYTES,
                    "key=" + request.keyBytes);
        }
        if (hasKey && !(meta && request.binaryKey)) {
            assertInside(request.keyAddress, request.keyBytes, from, to);
        }
        if (request.operation.hasValue()) {
            assertTrue(
                    request.valueBytes >= 0 && request.valueBytes <= ClassicLine.MAX_VALUE_BYTES);
        }
    }

    private static void assertInside(long address, int bytes, long from, long to) {
        assertTrue(bytes == 0 || bytes > 0 && address >= from && address + bytes <= to,
                "bytes=" + bytes);
    }
}
