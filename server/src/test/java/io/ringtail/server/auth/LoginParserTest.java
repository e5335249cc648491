package io.ringtail.server.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.request.RequestParser;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoginParserTest {
    private final LoginParser parser = new LoginParser();
    private final Request request = new Request();

    @ParameterizedTest
    @CsvSource({"'set foo 0 0 7\r\n', 7", "'set foo 0 0 7\n', 7", "'set foo x y 007\r\n', 7",
        "'set   foo 0  0 7 noreply\r\n', 7", "'settle a b c 12 d e f\r\n', 12",
        "'set foo 0 0 16384\r\n', 16384", "'set foo 0 0 0\r\n', 0"})
    void takesASetWithTheLengthOfTheLogin(String line, int valueBytes) {
        assertEquals(line.length(), parse(line));
        assertEquals(Operation.SET, request.operation);
        assertEquals(valueBytes, request.valueBytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get foo\r\n", "version\r\n", "add foo 0 0 7\r\n", " set foo 0 0 7\r\n",
        "SET foo 0 0 7\r\n", "set\tfoo\t0\t0\t7\r\n", "set foo 0 0\r\n", "set foo 0 0 abc\r\n",
        "set foo 0 0 -1\r\n", "set foo 0 0 +7\r\n", "set foo 0 0 7x\r\n", "abcde\r\n",
        "set foo 0 0 4294967303\r\n", "GET / HTTP/1.0\r\n", "set foo 0 0 99999999999999999999\n"})
    void answersAnythingElse(String line) {
        assertEquals(line.length(), parse(line));
        assertEquals(Operation.MALFORMED, request.operation);
        assertEquals("CLIENT_ERROR unauthenticated", request.error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"set foo 0 0 16385\r\n", "set foo 0 0 4294967295\r\n"})
    void refusesALongLogin(String line) {
        assertEquals(line.length(), parse(line));
        assertEquals("CLIENT_ERROR auth token too long", request.error);
        assertEquals(Operation.MALFORMED, request.operation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n\r\n", "a\r\n", "abcd\r\n", "abcde\n", "quit\r\n"})
    void hangsUpOnALineTooShortForALogin(String line) {
        assertEquals(RequestParser.HANG_UP, parse(line));
    }

    @Test
    void waitsForALineOfBoundedLength() {
        assertEquals(0, parse("\n\n"));
        assertEquals(0, parse("x".repeat(2048)));
        assertEquals(RequestParser.HANG_UP, parse("x".repeat(2049)));
        var line = "set foo 0 0 7\r\n";
        for (int bytes = 1; bytes < line.length(); bytes++) {
            assertEquals(0, parse(line.substring(0, bytes)));
        }
    }

    private int parse(String line) {
        try (var arena = Arena.ofConfined()) {
            var bytes = line.getBytes(ISO_8859_1);
            var memory = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            return parser.parse(memory.address(), bytes.length, request);
        }
    }
}
