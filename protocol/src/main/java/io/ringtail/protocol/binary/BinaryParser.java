package io.ringtail.protocol.binary;

import static io.ringtail.protocol.binary.BinaryLayout.BODY_BYTES_OFFSET;
import static io.ringtail.protocol.binary.BinaryLayout.CAS_OFFSET;
import static io.ringtail.protocol.binary.BinaryLayout.EXTRAS_BYTES_OFFSET;
import static io.ringtail.protocol.binary.BinaryLayout.HEADER_BYTES;
import static io.ringtail.protocol.binary.BinaryLayout.KEY_BYTES_OFFSET;
import static io.ringtail.protocol.binary.BinaryLayout.MAX_BODY_BYTES;
import static io.ringtail.protocol.binary.BinaryLayout.MAX_KEY_BYTES;
import static io.ringtail.protocol.binary.BinaryLayout.NO_CREATION;
import static io.ringtail.protocol.binary.BinaryLayout.OPAQUE_OFFSET;
import static io.ringtail.protocol.binary.BinaryLayout.OPCODE_OFFSET;
import static io.ringtail.protocol.binary.BinaryLayout.REQUEST_MAGIC;

import io.ringtail.protocol.binary.CommandShape.Body;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.request.RequestParser;

/**
 * Parses requests of the binary protocol in place: header, extras and key, which arrive together
 * before anything is decided. Stateless; may be shared.
 *
 * <p>Three things can be wrong. Lengths that contradict each other are MALFORMED, lengths that do
 * not suit the opcode INVALID; both end the connection. An opcode that does not exist is UNKNOWN:
 * its body is skipped and the connection goes on.
 */
public final class BinaryParser implements RequestParser {
    @Override
    public int parse(long address, int bytes, Request request) {
        if (Memory.getUnsignedByte(address) != REQUEST_MAGIC) {
            return HANG_UP;
        }
        if (bytes < HEADER_BYTES) {
            return 0;
        }
        int extrasBytes = Memory.getUnsignedByte(address + EXTRAS_BYTES_OFFSET);
        int keyBytes = BinaryLayout.unsignedShort(address + KEY_BYTES_OFFSET);
        int headerBytes = HEADER_BYTES + extrasBytes + keyBytes;
        if (bytes < headerBytes) {
            return 0;
        }
        request.clear();
        request.commandAddress = address;
        request.headerBytes = headerBytes;
        request.keyAddress = address + HEADER_BYTES + extrasBytes;
        request.keyBytes = keyBytes;
        request.opcode = Memory.getUnsignedByte(address + OPCODE_OFFSET);
        request.opaque = (int) BinaryLayout.unsignedInt(address + OPAQUE_OFFSET);
        request.cas = BinaryLayout.number(address + CAS_OFFSET);
        request.hasCas = request.cas != 0;
        decide(request, extrasBytes, BinaryLayout.unsignedInt(address + BODY_BYTES_OFFSET));
        return headerBytes;
    }

    private static void decide(Request request, int extrasBytes, long bodyBytes) {
        long restBytes = bodyBytes - extrasBytes - request.keyBytes;
        if (restBytes < 0) {
            request.closes = true;
            return;
        }
        if (bodyBytes > MAX_BODY_BYTES || request.keyBytes > MAX_KEY_BYTES) {
            refuse(request);
            return;
        }
        var shape = CommandShape.of(request.opcode);
        if (shape == null) {
            request.operation = Operation.UNKNOWN;
            request.skipBytes = restBytes;
        } else if (shape.fits(extrasBytes, request.keyBytes, restBytes)) {
            accept(request, shape, extrasBytes, restBytes);
        } else {
            refuse(request);
        }
    }

    private static void refuse(Request request) {
        request.operation = Operation.INVALID;
        request.closes = true;
    }

    private static void accept(Request request, CommandShape shape, int extrasBytes, long rest) {
        request.operation = shape.operation();
        request.quiet = shape.quiet();
        request.valueBytes = shape.body() == Body.VALUE ? rest : 0;
        long extras = request.commandAddress + HEADER_BYTES;
        switch (shape.extras()) {
            case NONE -> {}
            case STORAGE -> {
                request.clientFlags = (int) BinaryLayout.unsignedInt(extras);
                request.exptime = BinaryLayout.unsignedInt(extras + 4);
                compare(request);
            }
            case ARITHMETIC -> {
                request.delta = BinaryLayout.number(extras);
                request.initial = BinaryLayout.number(extras + 8);
                request.exptime = BinaryLayout.unsignedInt(extras + 16);
                request.vivifyExptime = request.exptime;
                request.vivifies = request.exptime != NO_CREATION;
            }
            case EXPTIME, OPTIONAL_EXPTIME ->
                    request.exptime = extrasBytes == 0 ? 0 : BinaryLayout.unsignedInt(extras);
        }
    }

    /** With a CAS unique, set, add and replace are all the same: a compare and set. */
    private static void compare(Request request) {
        if (request.hasCas) {
            request.operation = Operation.CAS;
        }
    }
}
