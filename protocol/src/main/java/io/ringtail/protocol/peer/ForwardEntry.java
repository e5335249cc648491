package io.ringtail.protocol.peer;

import io.ringtail.protocol.memory.Memory;

/**
 * The entries that the body of a FORWARD frame consists of. A request has one for each command, or
 * several in a row for a long one, of which all but the last are flagged MORE:
 *
 * <pre>
 *  0 form | 1 flags: MORE or 0 | 2 zero | 4 bytes | 8 the command, or a part of it
 * </pre>
 *
 * The frame's opaque is the number of its first command; the others are counted on from there. A
 * reply has one for each command, or several where its bytes are cut by the end of a frame:
 *
 * <pre>
 *  0 number of the command | 4 outcome | 5 bytes, 24 bits | 8 the reply
 * </pre>
 *
 * Replies may come in any order, and in other frames than the commands were asked in. Numbers are
 * big-endian. Stateless.
 */
public final class ForwardEntry {
    public static final int HEADER_BYTES = 8;

    /** A command of the text protocols, classic or meta, with its line end and value. */
    public static final int TEXT = 0;
    /** A frame of the binary protocol. */
    public static final int BINARY = 1;
    /** A text get, gets, gat or gats of one key, whose reply leaves out the END line. */
    public static final int RETRIEVAL = 2;
    /** A command of the HTTP side port. */
    public static final int SIDE = 3;
    /**
     * A command for the node itself: {@code flush EXPTIME}, answered {@code OK}, or {@code stats},
     * answered as in the text protocol.
     */
    public static final int NODE = 4;

    /** The reply's last bytes; it may have none. */
    public static final int DONE = 0;
    /** More of this reply follows in another entry; as a flag: more of this command. */
    public static final int MORE = 1;
    /**
     * Nothing was executed: by this node's ring, the key is another's. The reply is the form, one
     * byte, and the command, for whoever has the right owner; nothing where it was too long.
     */
    public static final int NOT_OWNER = 2;
    /** The reply is too large for this channel. */
    public static final int TOO_LARGE = 3;

    private ForwardEntry() {}

    public static void writeRequest(long address, int form, int flags, int commandBytes) {
        Memory.putInt(address, form | flags << 8);
        Memory.putInt(address + 4, Integer.reverseBytes(commandBytes));
    }

    public static int form(long address) {
        return Memory.getUnsignedByte(address);
    }

    public static int flags(long address) {
        return Memory.getUnsignedByte(address + 1);
    }

    public static int commandBytes(long address) {
        return Integer.reverseBytes(Memory.getInt(address + 4));
    }

    public static void writeReply(long address, int number, int outcome, int replyBytes) {
        Memory.putInt(address, Integer.reverseBytes(number));
        Memory.putInt(address + 4, Integer.reverseBytes(outcome << 24 | replyBytes));
    }

    public static int number(long address) {
        return Integer.reverseBytes(Memory.getInt(address));
    }

    public static int outcome(long address) {
        return Memory.getUnsignedByte(address + 4);
    }

    public static int replyBytes(long address) {
        return Integer.reverseBytes(Memory.getInt(address + 4)) & 0xFF_FFFF;
    }
}
