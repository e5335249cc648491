package io.ringtail.protocol.peer;

import io.ringtail.protocol.memory.Memory;

/**
 * The header of every frame between nodes, which is that of the binary protocol (big-endian):
 *
 * <pre>
 *  0 magic 80 request, 81 reply | 1 opcode | 2 key length, 0 | 4 extras length | 5 zero |
 *  6 status (replies), 0 in requests | 8 bytes behind the header, extras included |
 * 12 opaque | 16 epoch of the sender's ring
 * </pre>
 *
 * The epoch stands where the binary protocol has the CAS unique. Stateless.
 */
public final class PeerFrame {
    public static final int HEADER_BYTES = 24;
    public static final int REQUEST = 0x80;
    public static final int REPLY = 0x81;

    public static final int HELLO = 0xD0;
    public static final int FORWARD = 0xD1;
    public static final int PING = 0xD6;

    /** The longest body either side takes; a longer one closes the connection unread. */
    public static final int MAX_BODY_BYTES = 256 << 10;

    /** Statuses of replies, with the binary protocol's numbers where it has one. */
    public static final int OK = 0x00;
    public static final int REFUSED = 0x20;
    public static final int CONTINUE = 0x21;
    public static final int UNKNOWN_COMMAND = 0x81;

    private PeerFrame() {}

    /** Writes the 24 bytes of a header whose frame goes on with {@code bodyBytes} bytes. */
    public static void write(long address, int magic, int opcode, int status, int extrasBytes,
            int bodyBytes) {
        Memory.putByte(address, (byte) magic);
        Memory.putByte(address + 1, (byte) opcode);
        Memory.putShort(address + 2, (short) 0);
        Memory.putByte(address + 4, (byte) extrasBytes);
        Memory.putByte(address + 5, (byte) 0);
        Memory.putShort(address + 6, Short.reverseBytes((short) status));
        putBodyBytes(address, bodyBytes);
        putIds(address, 0, 0);
    }

    public static void putBodyBytes(long address, int bodyBytes) {
        Memory.putInt(address + 8, Integer.reverseBytes(bodyBytes));
    }

    public static void putIds(long address, int opaque, long epoch) {
        Memory.putInt(address + 12, Integer.reverseBytes(opaque));
        Memory.putLong(address + 16, Long.reverseBytes(epoch));
    }

    public static int magic(long address) {
        return Memory.getUnsignedByte(address);
    }

    public static int opcode(long address) {
        return Memory.getUnsignedByte(address + 1);
    }

    public static int extrasBytes(long address) {
        return Memory.getUnsignedByte(address + 4);
    }

    public static int status(long address) {
        return Short.reverseBytes(Memory.getShort(address + 6)) & 0xFFFF;
    }

    /** Bytes behind the header; negative where the sender said 2 GiB or more. */
    public static int bodyBytes(long address) {
        return Integer.reverseBytes(Memory.getInt(address + 8));
    }

    public static int opaque(long address) {
        return Integer.reverseBytes(Memory.getInt(address + 12));
    }

    public static long epoch(long address) {
        return Long.reverseBytes(Memory.getLong(address + 16));
    }

    /** Whether a connection that starts with these two bytes is another node's. */
    public static boolean startsPeer(long address) {
        return magic(address) == REQUEST && opcode(address) == HELLO;
    }
}
