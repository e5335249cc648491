package io.ringtail.protocol.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.request.RequestParser;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BinaryParserTest {
    private static final int GARBAGE_OPCODE = 0x7F;

    private final Arena arena = Arena.ofConfined();
    private final BinaryParser parser = new BinaryParser();
    private final Request request = new Request();

    @AfterEach
    void freeMemory() {
        arena.close();
    }

    @Test
    void findsTheKeyOfAGet() {
        assertEquals(28, parse(new Frame(Opcode.GET).key("abcd").opaque(0x01020304)));
        assertEquals(Operation.GET, request.operation);
        assertEquals("abcd", key());
        assertEquals(0x01020304, request.opaque);
        assertEquals(0, request.valueBytes);
        assertFalse(request.quiet);
        assertFalse(request.hasCas);
    }

    @Test
    void takesTheFieldsOfASet() {
        var frame = new Frame(Opcode.SET).key("k").storage(0xCAFEBABE, -1).value("value");
        assertEquals(24 + 8 + 1, parse(frame));
        assertEquals(Operation.SET, request.operation);
        assertEquals("k", key());
        assertEquals(0xCAFEBABE, request.clientFlags);
        assertEquals(0xFFFF_FFFFL, request.exptime);
        assertEquals(5, request.valueBytes);
    }

    @Test
    void takesTheFieldsOfAnIncrement() {
        parse(new Frame(Opcode.INCREMENTQ).key("n").arithmetic(-1, 7, 3600).cas(9));
        assertEquals(Operation.INCREMENT, request.operation);
        assertTrue(request.quiet);
        assertEquals(-1, request.delta);
        assertEquals(7, request.initial);
        assertEquals(3600, request.vivifyExptime);
        assertTrue(request.vivifies);
        assertEquals(9, request.cas);
        assertTrue(request.hasCas);
    }

    @Test
    void anExptimeOfAllOnesCreatesNothing() {
        parse(new Frame(Opcode.DECREMENT).key("n").arithmetic(1, 7, -1));
        assertFalse(request.vivifies);
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcode.SET, Opcode.ADD, Opcode.REPLACE, Opcode.SETQ, Opcode.ADDQ,
        Opcode.REPLACEQ})
    void storesWithACasUniqueAreCompareAndSet(int opcode) {
        parse(new Frame(opcode).key("k").storage(0, 0).value("v").cas(1));
        assertEquals(Operation.CAS, request.operation);
        assertEquals(opcode, request.opcode);
    }

    @Test
    void appendWithACasUniqueStaysAppend() {
        parse(new Frame(Opcode.APPEND).key("k").value("v").cas(1));
        assertEquals(Operation.APPEND, request.operation);
        assertTrue(request.hasCas);
    }

    @Test
    void takesTheExptimeOfATouch() {
        parse(new Frame(Opcode.TOUCH).key("k").exptime(60));
        assertEquals(Operation.TOUCH, request.operation);
        assertEquals(60, request.exptime);
        parse(new Frame(Opcode.GATKQ).key("k").exptime(61));
        assertEquals(Operation.GET_AND_TOUCH, request.operation);
        assertEquals(61, request.exptime);
        assertTrue(request.quiet);
    }

    @Test
    void flushHasAnExptimeOrNone() {
        parse(new Frame(Opcode.FLUSH));
        assertEquals(Operation.FLUSH_ALL, request.operation);
        assertEquals(0, request.exptime);
        parse(new Frame(Opcode.FLUSHQ).exptime(10));
        assertEquals(Operation.FLUSH_ALL, request.operation);
        assertEquals(10, request.exptime);
        assertTrue(request.quiet);
    }

    @Test
    void waitsForHeaderExtrasAndKey() {
        var frame = new Frame(Opcode.SET).key("key").storage(1, 2).value("value");
        var memory = frame.in(arena);
        int header = 24 + 8 + 3;
        for (int bytes = 1; bytes < header; bytes++) {
            assertEquals(0, parser.parse(memory.address(), bytes, request));
        }
        for (int bytes = header; bytes <= memory.byteSize(); bytes++) {
            assertEquals(header, parser.parse(memory.address(), bytes, request));
            assertEquals(Operation.SET, request.operation);
        }
    }

    @Test
    void hangsUpOnAnotherMagicAtItsFirstByte() {
        var memory = new Frame(Opcode.GET).magic(0x81).key("k").in(arena);
        assertEquals(RequestParser.HANG_UP, parser.parse(memory.address(), 1, request));
    }

    @Test
    void keyLongerThanTheBodyIsMalformed() {
        parse(new Frame(Opcode.GET).key("abc").claimedBodyBytes(2));
        assertEquals(Operation.MALFORMED, request.operation);
        assertTrue(request.closes);
    }

    @Test
    void extrasAndKeyLongerThanTheBodyAreMalformed() {
        parse(new Frame(Opcode.SET).key("abc").storage(0, 0).claimedBodyBytes(10));
        assertEquals(Operation.MALFORMED, request.operation);
        assertTrue(request.closes);
    }

    @ParameterizedTest
    @CsvSource({"250, GET", "251, INVALID", "65535, INVALID"})
    void keysHaveAtMost250Bytes(int keyBytes, Operation expected) {
        parse(new Frame(Opcode.GET).key("k".repeat(keyBytes)));
        assertEquals(expected, request.operation);
    }

    @ParameterizedTest
    @CsvSource({"1073741824, SET", "1073741825, INVALID", "4294967295, INVALID"})
    void bodiesHaveAtMostOneGibibyte(long bodyBytes, Operation expected) {
        parse(new Frame(Opcode.SET).key("k").storage(0, 0).claimedBodyBytes(bodyBytes));
        assertEquals(expected, request.operation);
        assertEquals(expected == Operation.SET ? bodyBytes - 9 : 0, request.valueBytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x1B, 0x1F, 0x25, 0x30, 0x3C, GARBAGE_OPCODE, 0xFF})
    void unknownOpcodesHaveTheirBodySkipped(int opcode) {
        assertEquals(24 + 4 + 3, parse(new Frame(opcode).extras(4).key("key").value("value")));
        assertEquals(Operation.UNKNOWN, request.operation);
        assertEquals(5, request.skipBytes);
        assertFalse(request.closes);
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcode.GET, Opcode.GETQ, Opcode.GETK, Opcode.GETKQ, Opcode.DELETE,
        Opcode.DELETEQ})
    void keyOnlyCommandsTakeNothingElse(int opcode) {
        assertRefused(new Frame(opcode));
        assertRefused(new Frame(opcode).key("k").extras(4));
        assertRefused(new Frame(opcode).key("k").value("v"));
        assertTaken(new Frame(opcode).key("k"));
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcode.NOOP, Opcode.VERSION, Opcode.QUIT, Opcode.QUITQ, Opcode.SASL_LIST})
    void bareCommandsTakeNothingAtAll(int opcode) {
        assertRefused(new Frame(opcode).key("k"));
        assertRefused(new Frame(opcode).extras(4));
        assertRefused(new Frame(opcode).value("v"));
        assertTaken(new Frame(opcode));
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcode.SET, Opcode.ADDQ, Opcode.REPLACE})
    void storesNeedEightBytesOfExtrasAndAKey(int opcode) {
        assertRefused(new Frame(opcode).key("k").value("v"));
        assertRefused(new Frame(opcode).key("k").extras(4).value("v"));
        assertRefused(new Frame(opcode).extras(8).value("v"));
        assertTaken(new Frame(opcode).key("k").extras(8));
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcode.INCREMENT, Opcode.DECREMENTQ})
    void arithmeticNeedsTwentyBytesOfExtrasAndAKey(int opcode) {
        assertRefused(new Frame(opcode).key("k").extras(16));
        assertRefused(new Frame(opcode).extras(20));
        assertRefused(new Frame(opcode).key("k").extras(20).value("v"));
        assertTaken(new Frame(opcode).key("k").extras(20));
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcode.TOUCH, Opcode.GAT, Opcode.GATQ, Opcode.GATK, Opcode.GATKQ})
    void touchesLeaveWhatIsBehindTheirKeyToTheNextCommand(int opcode) {
        assertRefused(new Frame(opcode).key("k"));
        assertRefused(new Frame(opcode).extras(4));
        assertTaken(new Frame(opcode).key("k").extras(4));
        assertEquals(29, parse(new Frame(opcode).key("k").extras(4).value("rest")));
        assertEquals(0, request.valueBytes);
    }

    @Test
    void statisticsHaveANameOrNone() {
        parse(new Frame(Opcode.STAT));
        assertEquals(Operation.STATS, request.operation);
        assertEquals(0, request.keyBytes);
        parse(new Frame(Opcode.STAT).key("items"));
        assertEquals("items", key());
        assertRefused(new Frame(Opcode.STAT).extras(4));
    }

    @Test
    void authenticationHasAMechanismAndAValue() {
        parse(new Frame(Opcode.SASL_AUTH).key("PLAIN").value("\0user\0pass"));
        assertEquals(Operation.SASL_AUTH, request.operation);
        assertEquals("PLAIN", key());
        assertEquals(10, request.valueBytes);
        assertRefused(new Frame(Opcode.SASL_STEP).value("x"));
    }

    @Test
    void leavesNothingOfTheCommandBefore() {
        parse(new Frame(Opcode.SETQ).key("k").storage(1, 2).value("v").cas(3));
        parse(new Frame(Opcode.GET).key("k"));
        assertEquals(Operation.GET, request.operation);
        assertEquals(0, request.clientFlags);
        assertEquals(0, request.exptime);
        assertEquals(0, request.cas);
        assertFalse(request.quiet);
    }

    private int parse(Frame frame) {
        MemorySegment memory = frame.in(arena);
        return parser.parse(memory.address(), (int) memory.byteSize(), request);
    }

    private void assertRefused(Frame frame) {
        parse(frame);
        assertEquals(Operation.INVALID, request.operation);
        assertTrue(request.closes);
    }

    private void assertTaken(Frame frame) {
        assertEquals(frame.bytes().length, parse(frame));
        assertFalse(request.closes);
        assertTrue(request.operation != Operation.INVALID);
    }

    private String key() {
        return Memory.latin1(request.keyAddress, request.keyBytes);
    }
}
