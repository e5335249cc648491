package io.ringtail.protocol.side;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Operation;

/**
 * Offsets of a command and of its reply. Numbers are in the machine's order. Stateless.
 *
 * <pre>
 *  command  0 MAGIC | 1 op | 2 key bytes | 3 attribute bytes | 4 exptime 32 | 8 CAS 64
 *           16 bytes of the value area 64 | 24 key | value area: length byte, attribute, value
 *  reply    0 MAGIC | 1 status | 2 attribute bytes | 3 zero | 4 seconds to live 32, -1 for ever
 *           8 CAS 64 | 16 value bytes 64 | 24 attribute | value
 * </pre>
 *
 * A value area without an attribute (attribute bytes 0) is the value alone. The exptime is one of
 * memcached's. A CAS of 0 is none.
 */
public final class SideFrame {
    /** No command of a client's protocol that is forwarded begins with it. */
    public static final int MAGIC = 0xE1;
    public static final int HEADER_BYTES = 24;
    public static final int MAX_ATTRIBUTE_BYTES = 127;

    private static final int OP = 1;
    private static final int KEY_BYTES = 2;
    private static final int STATUS = 1;
    private static final int REPLY_ATTRIBUTE_BYTES = 2;
    private static final int ATTRIBUTE_BYTES = 3;
    private static final int TIME = 4;
    private static final int CAS = 8;
    private static final int VALUE_BYTES = 16;

    /** What is asked for. GET with a CAS: the value only where the item has another. */
    public enum Op {
        GET(Operation.GET),
        /** A GET without the value. */
        HEAD(Operation.GET), SET(Operation.SET), ADD(Operation.ADD), REPLACE(Operation.REPLACE),
        CAS(Operation.CAS), DELETE(Operation.DELETE);

        private final Operation operation;

        Op(Operation operation) {
            this.operation = operation;
        }

        public Operation operation() {
            return operation;
        }
    }

    public enum Status {
        OK, NOT_MODIFIED, NOT_FOUND, NOT_STORED, EXISTS, TOO_LARGE, OUT_OF_MEMORY, UNREACHABLE
    }

    private static final Status[] STATUSES = Status.values();

    /** A command but for its key and value area. */
    public record Command(Op op, int keyBytes, int attributeBytes, int exptime, long cas,
            long areaBytes) {}

    /** A reply but for its attribute and value. */
    public record Reply(Status status, int attributeBytes, int ttlSeconds, long cas,
            long valueBytes) {}

    private SideFrame() {}

    public static void write(long address, Command command) {
        Memory.putInt(address,
                MAGIC | command.op.ordinal() << OP * 8 | command.keyBytes << KEY_BYTES * 8
                        | command.attributeBytes << ATTRIBUTE_BYTES * 8);
        Memory.putInt(address + TIME, command.exptime);
        Memory.putLong(address + CAS, command.cas);
        Memory.putLong(address + VALUE_BYTES, command.areaBytes);
    }

    public static void write(long address, Reply reply) {
        Memory.putInt(address, MAGIC | reply.status.ordinal() << STATUS * 8
                | reply.attributeBytes << REPLY_ATTRIBUTE_BYTES * 8);
        Memory.putInt(address + TIME, reply.ttlSeconds);
        Memory.putLong(address + CAS, reply.cas);
        Memory.putLong(address + VALUE_BYTES, reply.valueBytes);
    }

    /** Reads a reply's first {@value #HEADER_BYTES} bytes. */
    public static Reply reply(long address) {
        return new Reply(STATUSES[Memory.getUnsignedByte(address + STATUS)],
                Memory.getUnsignedByte(address + REPLY_ATTRIBUTE_BYTES),
                Memory.getInt(address + TIME), Memory.getLong(address + CAS),
                Memory.getLong(address + VALUE_BYTES));
    }

    /** Bytes of the attribute behind a reply's header. */
    public static int attributeBytesOfReply(long address) {
        return Memory.getUnsignedByte(address + REPLY_ATTRIBUTE_BYTES);
    }

    static int op(long address) {
        return Memory.getUnsignedByte(address + OP);
    }

    static int keyBytes(long address) {
        return Memory.getUnsignedByte(address + KEY_BYTES);
    }

    static int attributeBytes(long address) {
        return Memory.getUnsignedByte(address + ATTRIBUTE_BYTES);
    }

    static int exptime(long address) {
        return Memory.getInt(address + TIME);
    }

    static long cas(long address) {
        return Memory.getLong(address + CAS);
    }

    static long areaBytes(long address) {
        return Memory.getLong(address + VALUE_BYTES);
    }
}
