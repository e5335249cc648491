package io.ringtail.protocol.side;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.request.RequestParser;
import io.ringtail.protocol.side.SideFrame.Command;
import io.ringtail.protocol.side.SideFrame.Op;
import io.ringtail.protocol.side.SideFrame.Reply;
import io.ringtail.protocol.side.SideFrame.Status;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

final class SideParserTest {
    private final long at = Arena.global().allocate(512).address();
    private final Request request = new Request();
    private final SideParser parser = new SideParser();

    private int parse(Command command, int bytes) {
        SideFrame.write(at, command);
        return parser.parse(at, bytes, request);
    }

    @Test
    void readsWhatWasWritten() {
        int header = parse(new Command(Op.CAS, 250, 127, -5, -1, 1L << 32), 512);
        assertEquals(SideFrame.HEADER_BYTES + 250, header);
        assertEquals(Operation.CAS, request.operation);
        assertEquals(Op.CAS.ordinal(), request.opcode);
        assertEquals(at + SideFrame.HEADER_BYTES, request.keyAddress);
        assertEquals(250, request.keyBytes);
        assertEquals(127, request.attributeBytes);
        assertEquals(-5, request.exptime);
        assertEquals(-1, request.cas);
        assertEquals(1L << 32, request.valueBytes);
    }

    @Test
    void waitsForTheWholeHeader() {
        var command = new Command(Op.GET, 3, 0, 0, 0, 0);
        for (int bytes = 0; bytes < SideFrame.HEADER_BYTES + 3; bytes++) {
            assertEquals(0, parse(command, bytes));
        }
        assertEquals(SideFrame.HEADER_BYTES + 3, parse(command, SideFrame.HEADER_BYTES + 3));
    }

    @Test
    void hangsUpOnNonsense() {
        assertEquals(RequestParser.HANG_UP, parse(new Command(Op.GET, 0, 0, 0, 0, 0), 512));
        assertEquals(RequestParser.HANG_UP, parse(new Command(Op.GET, 251, 0, 0, 0, 0), 512));
        assertEquals(RequestParser.HANG_UP, parse(new Command(Op.GET, 1, 0, 0, 0, 1), 512));
        assertEquals(RequestParser.HANG_UP, parse(new Command(Op.SET, 1, 0, 0, 0, -1), 512));
        assertEquals(RequestParser.HANG_UP, parse(new Command(Op.SET, 1, 5, 0, 0, 5), 512));
        assertEquals(RequestParser.HANG_UP, parse(new Command(Op.SET, 1, 128, 0, 0, 500), 512));
        SideFrame.write(at, new Command(Op.GET, 1, 0, 0, 0, 0));
        Memory.putByte(at + 1, (byte) Op.values().length);
        assertEquals(RequestParser.HANG_UP, parser.parse(at, 512, request));
        Memory.putByte(at, (byte) 'g');
        assertEquals(RequestParser.HANG_UP, parser.parse(at, 512, request));
    }

    @Test
    void repliesComeBackAsTheyWere() {
        for (var status : Status.values()) {
            var reply = new Reply(status, 127, -1, -2, 1L << 40);
            SideFrame.write(at, reply);
            assertEquals(reply, SideFrame.reply(at));
            assertEquals(127, SideFrame.attributeBytesOfReply(at));
        }
    }
}
