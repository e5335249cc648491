package io.ringtail.protocol.side;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.request.RequestParser;
import io.ringtail.protocol.side.SideFrame.Op;

/** Reads {@link SideFrame} commands. Stateless. */
public final class SideParser implements RequestParser {
    private static final int MAX_KEY_BYTES = 250;
    private static final Op[] OPS = Op.values();

    @Override
    public int parse(long address, int bytes, Request request) {
        if (bytes < SideFrame.HEADER_BYTES) {
            return 0;
        }
        int keyBytes = SideFrame.keyBytes(address);
        int headerBytes = SideFrame.HEADER_BYTES + keyBytes;
        if (bytes < headerBytes) {
            return 0;
        }
        if (!isValid(address, keyBytes)) {
            return HANG_UP;
        }
        request.clear();
        request.operation = OPS[SideFrame.op(address)].operation();
        request.opcode = SideFrame.op(address);
        request.headerBytes = headerBytes;
        request.keyAddress = address + SideFrame.HEADER_BYTES;
        request.keyBytes = keyBytes;
        request.attributeBytes = SideFrame.attributeBytes(address);
        request.exptime = SideFrame.exptime(address);
        request.cas = SideFrame.cas(address);
        request.hasCas = request.cas != 0;
        request.valueBytes = SideFrame.areaBytes(address);
        return headerBytes;
    }

    private static boolean isValid(long address, int keyBytes) {
        if (Memory.getUnsignedByte(address) != SideFrame.MAGIC || keyBytes < 1
                || keyBytes > MAX_KEY_BYTES || SideFrame.op(address) >= OPS.length) {
            return false;
        }
        int attribute = SideFrame.attributeBytes(address);
        long area = SideFrame.areaBytes(address);
        boolean stores = switch (OPS[SideFrame.op(address)].operation()) {
            case GET, DELETE -> false;
            default -> true;
        };
        return attribute <= SideFrame.MAX_ATTRIBUTE_BYTES
                && (stores ? area >= (attribute == 0 ? 0 : attribute + 1) : area == 0);
    }
}
