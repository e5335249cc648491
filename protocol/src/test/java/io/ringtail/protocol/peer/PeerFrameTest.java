package io.ringtail.protocol.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.protocol.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class PeerFrameTest {
    private final MemorySegment memory = Arena.ofAuto().allocate(64);
    private final long address = memory.address();

    private String hex(int bytes) {
        return HexFormat.of().formatHex(Memory.bytes(address, bytes));
    }

    @Test
    void headerIsTheBinaryProtocols() {
        PeerFrame.write(address, PeerFrame.REPLY, PeerFrame.FORWARD, PeerFrame.REFUSED, 3,
                0x01020304);
        PeerFrame.putIds(address, 0xA1B2C3D4, 0x1122334455667788L);
        assertEquals("81d10000" + "03000020" + "01020304" + "a1b2c3d4" + "1122334455667788",
                hex(PeerFrame.HEADER_BYTES));
    }

    @Test
    void headerReadsBack() {
        PeerFrame.write(address, PeerFrame.REQUEST, PeerFrame.PING, 0x81, 5, 77);
        PeerFrame.putIds(address, -2, Long.MIN_VALUE);
        assertEquals(PeerFrame.REQUEST, PeerFrame.magic(address));
        assertEquals(PeerFrame.PING, PeerFrame.opcode(address));
        assertEquals(5, PeerFrame.extrasBytes(address));
        assertEquals(0x81, PeerFrame.status(address));
        assertEquals(77, PeerFrame.bodyBytes(address));
        assertEquals(-2, PeerFrame.opaque(address));
        assertEquals(Long.MIN_VALUE, PeerFrame.epoch(address));
    }

    @Test
    void onlyHelloStartsAPeer() {
        PeerFrame.write(address, PeerFrame.REQUEST, PeerFrame.HELLO, 0, 0, 0);
        assertTrue(PeerFrame.startsPeer(address));
        PeerFrame.write(address, PeerFrame.REQUEST, PeerFrame.FORWARD, 0, 0, 0);
        assertFalse(PeerFrame.startsPeer(address));
    }

    @Test
    void requestEntryReadsBack() {
        ForwardEntry.writeRequest(address, ForwardEntry.RETRIEVAL, ForwardEntry.MORE, 70_000);
        assertEquals("02010000" + "00011170", hex(ForwardEntry.HEADER_BYTES));
        assertEquals(ForwardEntry.RETRIEVAL, ForwardEntry.form(address));
        assertEquals(ForwardEntry.MORE, ForwardEntry.flags(address));
        assertEquals(70_000, ForwardEntry.commandBytes(address));
    }

    @Test
    void replyEntryReadsBack() {
        ForwardEntry.writeReply(address, -5, ForwardEntry.MORE, 0xFFFFFF);
        assertEquals("fffffffb" + "01ffffff", hex(ForwardEntry.HEADER_BYTES));
        assertEquals(-5, ForwardEntry.number(address));
        assertEquals(ForwardEntry.MORE, ForwardEntry.outcome(address));
        assertEquals(0xFFFFFF, ForwardEntry.replyBytes(address));
    }
}
