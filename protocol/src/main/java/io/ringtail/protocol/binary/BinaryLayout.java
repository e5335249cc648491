package io.ringtail.protocol.binary;

import io.ringtail.protocol.memory.Memory;

/**
 * The 24 bytes in front of every request and reply of the binary protocol.
 *
 * <pre>
 *  0       7        15       23       31
 * +--------+--------+--------+--------+
 * | magic  | opcode |    key bytes    |   0
 * +--------+--------+--------+--------+
 * | extras |  type  | vbucket, status |   4
 * +--------+--------+--------+--------+
 * |  body bytes: extras, key, value   |   8
 * +--------+--------+--------+--------+
 * |              opaque               |  12
 * +--------+--------+--------+--------+
 * |                                   |  16
 * |            CAS unique             |
 * |                                   |
 * +--------+--------+--------+--------+
 * </pre>
 */
public final class BinaryLayout {
    public static final int HEADER_BYTES = 24;
    public static final int REQUEST_MAGIC = 0x80;
    public static final int REPLY_MAGIC = 0x81;

    public static final int MAGIC_OFFSET = 0;
    public static final int OPCODE_OFFSET = 1;
    public static final int KEY_BYTES_OFFSET = 2;
    public static final int EXTRAS_BYTES_OFFSET = 4;
    public static final int STATUS_OFFSET = 6;
    public static final int BODY_BYTES_OFFSET = 8;
    public static final int OPAQUE_OFFSET = 12;
    public static final int CAS_OFFSET = 16;

    public static final int MAX_KEY_BYTES = 250;
    /** A body above this is refused before anything of it is read. */
    public static final long MAX_BODY_BYTES = 1L << 30;
    /** The exptime of an increment or decrement that shall not create the item. */
    public static final long NO_CREATION = 0xFFFF_FFFFL;

    private BinaryLayout() {}

    static int unsignedShort(long address) {
        return Short.reverseBytes(Memory.getShort(address)) & 0xFFFF;
    }

    static long unsignedInt(long address) {
        return Integer.reverseBytes(Memory.getInt(address)) & 0xFFFF_FFFFL;
    }

    static long number(long address) {
        return Long.reverseBytes(Memory.getLong(address));
    }
}
