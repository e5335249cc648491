package io.ringtail.server.execution;

import io.ringtail.protocol.binary.BinaryLayout;
import io.ringtail.protocol.binary.Opcode;
import io.ringtail.protocol.memory.Decimal;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Commands for other nodes that no client sent in this form. Each is valid until the next is made.
 * Owner: an event loop.
 */
final class MadeCommands {
    /** Room for the longest: gats, an exptime and a key. */
    private static final int BYTES = 512;
    private static final byte[] GET = ascii("get ");
    private static final byte[] GETS = ascii("gets ");
    private static final byte[] GAT = ascii("gat ");
    private static final byte[] GATS = ascii("gats ");

    private final MemorySegment memory = Arena.ofAuto().allocate(BYTES, 8);

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    long address() {
        return memory.address();
    }

    /** The retrieval of the one key that the request stands at; returns its length. */
    int retrieval(Request request) {
        boolean touches = request.operation == Operation.GET_AND_TOUCH;
        byte[] word = touches ? request.wantsCas ? GATS : GAT : request.wantsCas ? GETS : GET;
        Memory.copyFrom(word, 0, address(), word.length);
        long at = address() + word.length;
        if (touches) {
            at = exptime(at, request.exptime);
        }
        Memory.copy(request.keyAddress, at, request.keyBytes);
        at += request.keyBytes;
        Memory.putShort(at, (short) ('\n' << 8 | '\r'));
        return (int) (at + 2 - address());
    }

    private static long exptime(long address, long exptime) {
        long at = address;
        if (exptime < 0) {
            Memory.putByte(at++, (byte) '-');
        }
        at = Decimal.write(at, Math.abs(exptime));
        Memory.putByte(at, (byte) ' ');
        return at + 1;
    }

    /** A quiet binary delete, which takes keys of any bytes; returns its length. */
    int deletion(Request request) {
        int bytes = BinaryLayout.HEADER_BYTES + request.keyBytes;
        Memory.fill(address(), BinaryLayout.HEADER_BYTES, (byte) 0);
        Memory.putByte(address(), (byte) BinaryLayout.REQUEST_MAGIC);
        Memory.putByte(address() + BinaryLayout.OPCODE_OFFSET, (byte) Opcode.DELETEQ);
        Memory.putShort(address() + BinaryLayout.KEY_BYTES_OFFSET,
                Short.reverseBytes((short) request.keyBytes));
        Memory.putInt(address() + BinaryLayout.BODY_BYTES_OFFSET,
                Integer.reverseBytes(request.keyBytes));
        Memory.copy(request.keyAddress, address() + BinaryLayout.HEADER_BYTES, request.keyBytes);
        return bytes;
    }
}
