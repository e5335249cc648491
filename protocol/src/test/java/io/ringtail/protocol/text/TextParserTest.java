package io.ringtail.protocol.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.RequestParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextParserTest {
    private static final String LONG_KEY = "k".repeat(251);

    private static String unescaped(String text) {
        return text.replace("LONG_KEY", LONG_KEY).replace("\\t", "\t");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {"|ERROR",
        "x|ERROR", "  |ERROR", "foo|ERROR", "mq k|ERROR", "GET k|ERROR", "abc HTTP/1.1|ERROR",
        "get|ERROR", "gets |ERROR", "gat|ERROR", "gat x|CLIENT_ERROR invalid exptime argument",
        "gat x k|CLIENT_ERROR invalid exptime argument", "set k 0 0|ERROR",
        "set k 0 0 1 noreply x|ERROR", "cas k 0 0 1|ERROR", "cas k 0 0 1 2 noreply x|ERROR",
        "set k 0 0 x|CLIENT_ERROR bad command line format",
        "set k 0 0 -1|CLIENT_ERROR bad command line format",
        "set k 0 0 2147483646|CLIENT_ERROR bad command line format",
        "set k 0 0 1x|CLIENT_ERROR bad command line format",
        "set k 0 0 99999999999999999999|CLIENT_ERROR bad command line format",
        "add k 0 0 -1|CLIENT_ERROR bad command line format", "delete|ERROR",
        "delete k 0 noreply x|ERROR", "delete LONG_KEY|CLIENT_ERROR bad command line format",
        "delete k 1|CLIENT_ERROR bad command line format.  Usage: delete <key> [noreply]",
        "delete k 0 x|CLIENT_ERROR bad command line format.  Usage: delete <key> [noreply]",
        "incr k|ERROR", "incr k 1 noreply x|ERROR",
        "incr k x|CLIENT_ERROR invalid numeric delta argument",
        "incr k -1|CLIENT_ERROR invalid numeric delta argument",
        "decr k 18446744073709551616|CLIENT_ERROR invalid numeric delta argument",
        "incr LONG_KEY 1|CLIENT_ERROR bad command line format", "touch k|ERROR",
        "touch k x|CLIENT_ERROR invalid exptime argument",
        "touch LONG_KEY 1|CLIENT_ERROR bad command line format", "mg|ERROR", "ms|ERROR", "md|ERROR",
        "ma|ERROR", "me|CLIENT_ERROR bad command line format",
        "mg LONG_KEY|CLIENT_ERROR bad command line format",
        "md LONG_KEY|CLIENT_ERROR bad command line format",
        "ma LONG_KEY|CLIENT_ERROR bad command line format",
        "me LONG_KEY|CLIENT_ERROR bad command line format",
        "me ab b|CLIENT_ERROR bad command line format", "ms k|CLIENT_ERROR bad command line format",
        "ms k x|CLIENT_ERROR bad command line format",
        "ms k -1|CLIENT_ERROR bad command line format",
        "ms k S1|CLIENT_ERROR bad command line format", "mg k v v|CLIENT_ERROR duplicate flag",
        "mg k Z|CLIENT_ERROR invalid flag", "mg k !|CLIENT_ERROR invalid flag",
        "mg k \u00e9|CLIENT_ERROR duplicate flag",
        "mg k T|CLIENT_ERROR bad token in command line format",
        "mg k N1x|CLIENT_ERROR bad token in command line format",
        "mg k Rx|CLIENT_ERROR bad token in command line format",
        "mg k C|CLIENT_ERROR bad token in command line format",
        "mg k E-1|CLIENT_ERROR bad token in command line format",
        "mg k Fx|CLIENT_ERROR bad command line format", "mg k Tx v v|CLIENT_ERROR duplicate flag",
        "mg ab b|CLIENT_ERROR error decoding key", "mg ==== b|CLIENT_ERROR error decoding key",
        "mg k M|CLIENT_ERROR incorrect length for M token",
        "mg k Jx|CLIENT_ERROR invalid numeric initial value",
        "mg k Dx|CLIENT_ERROR invalid numeric delta value",
        "mg k O12345678901234567890123456789012|CLIENT_ERROR opaque token too long",
        "md k v v|CLIENT_ERROR invalid or duplicate flag",
        "ma k Z|CLIENT_ERROR invalid or duplicate flag",
        "ma k Dx|CLIENT_ERROR invalid or duplicate flag",
        "ma k MX|CLIENT_ERROR invalid mode for ma M token",
        "ma k MX O12345678901234567890123456789012|CLIENT_ERROR invalid mode for ma M token"})
    void answersWithMemcachedsError(String line, String error) {
        var parsed = new ParsedText(unescaped(line == null ? "" : line) + "\r\n");
        assertEquals(Operation.MALFORMED, parsed.request.operation);
        assertEquals(error, parsed.request.error);
        assertEquals(parsed.bytes, parsed.used);
        assertFalse(parsed.request.quiet);
        assertEquals(0, parsed.request.skipBytes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"set LONG_KEY 0 0 5|CLIENT_ERROR bad command line format",
                "set k x 0 5|CLIENT_ERROR bad command line format",
                "add k -1 0 5|CLIENT_ERROR bad command line format",
                "append k 0 x 5|CLIENT_ERROR bad command line format",
                "cas k 0 0 5 x|CLIENT_ERROR bad command line format",
                "cas k 0 0 5 -1|CLIENT_ERROR bad command line format",
                "ms LONG_KEY 5|CLIENT_ERROR bad command line format",
                "ms k 5 Z|CLIENT_ERROR invalid flag", "ms k 5 q q|CLIENT_ERROR duplicate flag",
                "ms k 5 MX|CLIENT_ERROR invalid mode for ms M token",
                "ms k 5 MXX|CLIENT_ERROR incorrect length for M token",
                "ms k 5 F-1|CLIENT_ERROR bad command line format",
                "ms k 5 Tx|CLIENT_ERROR bad token in command line format",
                "ms k 5 b|CLIENT_ERROR error decoding key",
                "ms k 5 O12345678901234567890123456789012|CLIENT_ERROR opaque token too long",
                "ms k 5 MX O12345678901234567890123456789012"
                        + "|CLIENT_ERROR invalid mode for ms M token"})
    void skipsTheValueWhoseLengthIsRight(String line, String error) {
        var parsed = new ParsedText(unescaped(line) + "\r\n");
        assertEquals(Operation.MALFORMED, parsed.request.operation);
        assertEquals(error, parsed.request.error);
        assertEquals(7, parsed.request.skipBytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"set k x 0 1 noreply", "delete k 5 noreply", "incr k x noreply",
        "touch k x noreply", "set k 0 0 noreply"})
    void noreplySilencesErrorsBehindTheWordCount(String line) {
        var parsed = new ParsedText(line + "\r\n");
        assertEquals(Operation.MALFORMED, parsed.request.operation);
        assertTrue(parsed.request.quiet);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1", "HTTP/1.0", "POST /x HTTP/1.1", "move x HTTP/9"})
    void hangsUpOnBrowsers(String line) {
        assertEquals(RequestParser.HANG_UP, new ParsedText(line + "\r\n").used);
    }

    @ParameterizedTest
    @ValueSource(strings = {"set k 4294967297 2147483653 5\r\n", "set  k  1  5  5 \r\n",
        "set k 1 5 5\n", "  set k 1 5 5\r\n", "set k +1 +5 +5\r\n", "set k 1\t 5\t 5\t\r\n",
        "set k 1\tx 4294967301 4294967301\r\n"})
    void readsNumbersAsCDoes(String line) {
        var parsed = new ParsedText(line);
        assertEquals(Operation.SET, parsed.request.operation, parsed.request.error);
        assertEquals("k", parsed.key());
        assertEquals(1, parsed.request.clientFlags);
        assertTrue(parsed.request.exptime == 5 || parsed.request.exptime == -2147483643);
        assertEquals(5, parsed.request.valueBytes);
        assertEquals(parsed.bytes, parsed.used);
    }

    @Test
    void readsStorageCommands() {
        for (var operation : new Operation[] {Operation.SET, Operation.ADD, Operation.REPLACE,
            Operation.APPEND, Operation.PREPEND}) {
            var word = operation.name().toLowerCase(java.util.Locale.ROOT);
            var parsed = new ParsedText(word + " key 4294967295 -1 7 noreply\r\nrest");
            assertEquals(operation, parsed.request.operation);
            assertEquals("key", parsed.key());
            assertEquals(-1, parsed.request.clientFlags);
            assertEquals(-1, parsed.request.exptime);
            assertEquals(7, parsed.request.valueBytes);
            assertTrue(parsed.request.quiet);
            assertEquals("rest", parsed.rest());
        }
        var cas = new ParsedText("cas key 1 2 3 18446744073709551615\r\n");
        assertEquals(Operation.CAS, cas.request.operation);
        assertTrue(cas.request.hasCas);
        assertEquals(-1, cas.request.cas);
    }

    @Test
    void leavesKeysOfRetrievalsToTheExecutor() {
        var single = new ParsedText("get key\r\n");
        assertEquals(Operation.GET, single.request.operation);
        assertEquals("key", single.key());
        assertEquals("key", single.arguments());
        assertFalse(single.request.wantsCas);
        var multi = new ParsedText("gets a  b c \r\n");
        assertEquals(0, multi.request.keyBytes);
        assertEquals("a  b c ", multi.arguments());
        assertTrue(multi.request.wantsCas);
        var touching = new ParsedText("gats -1 a b\r\n");
        assertEquals(Operation.GET_AND_TOUCH, touching.request.operation);
        assertEquals(-1, touching.request.exptime);
        assertEquals("a b", touching.arguments());
        assertTrue(touching.request.wantsCas);
        var none = new ParsedText("gat 10\r\n");
        assertEquals(Operation.GET_AND_TOUCH, none.request.operation);
        assertEquals("", none.arguments());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"delete k|false", "delete k 0|false",
        "delete k noreply|true", "delete k 0 noreply|true"})
    void readsDelete(String line, boolean quiet) {
        var parsed = new ParsedText(line + "\r\n");
        assertEquals(Operation.DELETE, parsed.request.operation);
        assertEquals("k", parsed.key());
        assertEquals(quiet, parsed.request.quiet);
    }

    @Test
    void readsArithmeticAndTouch() {
        var incr = new ParsedText("incr k 18446744073709551615\r\n");
        assertEquals(Operation.INCREMENT, incr.request.operation);
        assertEquals(-1, incr.request.delta);
        var decr = new ParsedText("decr k 5 noreply\r\n");
        assertEquals(Operation.DECREMENT, decr.request.operation);
        assertEquals(5, decr.request.delta);
        assertTrue(decr.request.quiet);
        var touch = new ParsedText("touch k 30\r\n");
        assertEquals(Operation.TOUCH, touch.request.operation);
        assertEquals(30, touch.request.exptime);
    }

    @Test
    void readsEveryMetaFlag() {
        var parsed =
                new ParsedText("mg a2V5 b c C7 f h k l Oopaque q s t u v E8 N30 R40 T50 P1 Lx\r\n");
        var tooMany = parsed.request;
        assertEquals("CLIENT_ERROR options flags are too long", tooMany.error);
        parsed = new ParsedText("mg a2V5 b c C7 f h k l Oopaque q s t u v E8 N30\r\n");
        assertEquals(Operation.META_GET, parsed.request.operation, parsed.request.error);
        assertEquals("key", parsed.key());
        assertTrue(parsed.request.binaryKey);
        assertTrue(parsed.request.hasCas);
        assertEquals(7, parsed.request.cas);
        assertEquals(8, parsed.request.explicitCas);
        assertTrue(parsed.request.vivifies);
        assertEquals(30, parsed.request.vivifyExptime);
        for (char letter : "bcCfhklOqstuvEN".toCharArray()) {
            assertTrue(parsed.request.hasMetaFlag(letter), String.valueOf(letter));
        }
        assertFalse(parsed.request.hasMetaFlag('T'));
        assertEquals("b c C7 f h k l Oopaque q s t u v E8 N30", parsed.flags());
        parsed = new ParsedText("mg k R40 T-50 P1 Lx\r\n");
        assertEquals(40, parsed.request.recacheSeconds);
        assertEquals(-50, parsed.request.exptime);
        assertEquals(0, parsed.request.cas);
        assertFalse(parsed.request.vivifies);
    }

    @Test
    void readsMetaSet() {
        var parsed = new ParsedText("ms key 11 T60 F5 MA C9 I q N20\r\n");
        assertEquals(Operation.META_SET, parsed.request.operation);
        assertEquals("key", parsed.key());
        assertEquals(11, parsed.request.valueBytes);
        assertEquals(60, parsed.request.exptime);
        assertEquals(5, parsed.request.clientFlags);
        assertEquals('A', parsed.request.metaMode);
        assertEquals(9, parsed.request.cas);
        assertEquals(20, parsed.request.vivifyExptime);
        var plain = new ParsedText("ms key 0\r\n");
        assertEquals(Operation.META_SET, plain.request.operation);
        assertEquals("", plain.flags());
    }

    @Test
    void readsMetaArithmeticDeleteDebugAndNoop() {
        var parsed = new ParsedText("ma key D5 J18446744073709551615 N0 M-\r\n");
        assertEquals(Operation.META_ARITHMETIC, parsed.request.operation);
        assertEquals(5, parsed.request.delta);
        assertEquals(-1, parsed.request.initial);
        assertEquals('-', parsed.request.metaMode);
        assertEquals(1, new ParsedText("ma key\r\n").request.delta);
        assertEquals(Operation.META_DELETE, new ParsedText("md key I x\r\n").request.operation);
        assertEquals(Operation.META_NOOP, new ParsedText("mn\r\n").request.operation);
        assertEquals("key", new ParsedText("me a2V5 b\r\n").key());
        assertEquals("a2V5", new ParsedText("me a2V5 x\r\n").key());
    }

    @Test
    void leavesArgumentsOfKeylessCommandsAsTheyAre() {
        var parsed = new ParsedText("flush_all  10 noreply\r\n");
        assertEquals(Operation.FLUSH_ALL, parsed.request.operation);
        assertEquals("10 noreply", parsed.arguments());
        assertTrue(parsed.request.quiet);
        assertEquals(Operation.CACHE_MEMLIMIT,
                new ParsedText("cache_memlimit 1\r\n").request.operation);
        assertEquals(Operation.REFRESH_CERTS,
                new ParsedText("refresh_certs\r\n").request.operation);
        assertEquals("", new ParsedText("version\r\n").arguments());
    }

    @ParameterizedTest
    @ValueSource(strings = {"get key\r\n", "gets a b\r\n", "gat 1 a b\r\n",
        "set key 1 2 3 noreply\r\n", "delete some_longer_key\r\n", "mg key v t k Oabc\r\n",
        "ms key 5 T0 F1\r\n", "incr k 1\n", "flush_all\r\n", "foo\r\n"})
    void waitsForTheEndOfTheLine(String line) {
        for (int available = 0; available < line.length(); available++) {
            assertEquals(0, new ParsedText(line, available).used, "available=" + available);
        }
        assertEquals(line.length(), new ParsedText(line).used);
    }

    @Test
    void hangsUpOnLongLinesThatAreNoGet() {
        var filler = "x".repeat(2048);
        assertEquals(0, new ParsedText(filler).used);
        assertEquals(RequestParser.HANG_UP, new ParsedText(filler + "x").used);
        assertEquals(RequestParser.HANG_UP, new ParsedText("set " + filler).used);
        assertEquals(RequestParser.HANG_UP, new ParsedText("getx " + filler).used);
        assertEquals(RequestParser.HANG_UP, new ParsedText(" ".repeat(101) + "get " + filler).used);
        assertEquals(0, new ParsedText("get " + filler).used);
        assertEquals(0, new ParsedText(" ".repeat(100) + "gets " + filler).used);
    }

    @Test
    void takesVeryLongGetsInParts() {
        for (var word : new String[] {"get", "gets"}) {
            var keys = new StringBuilder();
            for (int i = 0; keys.length() < TextParser.MAX_KEYS_BYTES; i++) {
                keys.append("key").append(i).append(' ');
            }
            var parsed = new ParsedText(" " + word + " " + keys + "la");
            assertEquals(Operation.GET, parsed.request.operation);
            assertTrue(parsed.request.continued);
            assertEquals(word.equals("gets"), parsed.request.wantsCas);
            assertEquals(keys.toString(), parsed.arguments());
            assertEquals("la", parsed.rest());
        }
    }

    @Test
    void endsVeryLongKeysWithAnError() {
        var parsed = new ParsedText("get a " + "x".repeat(TextParser.MAX_KEYS_BYTES));
        assertEquals("CLIENT_ERROR bad command line format", parsed.request.error);
        assertTrue(parsed.request.closes);
        parsed = new ParsedText("get " + " ".repeat(TextParser.MAX_KEYS_BYTES));
        assertTrue(parsed.request.closes);
    }
}
