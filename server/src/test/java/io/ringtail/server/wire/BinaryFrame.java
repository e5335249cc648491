package io.ringtail.server.wire;

import java.nio.ByteBuffer;

/** A request of the binary protocol, with every field of its header free to be wrong. */
final class BinaryFrame {
    private static final int CAS_OFFSET = 16;
    private static final int HEADER_BYTES = 24;

    private final int opcode;
    private int magic = 0x80;
    private int keyLength = -1;
    private int extrasLength = -1;
    private long bodyLength = -1;
    private int dataType;
    private int reserved;
    private int opaque;
    private long cas;
    private byte[] extras = {};
    private byte[] key = {};
    private byte[] value = {};

    BinaryFrame(int opcode) {
        this.opcode = opcode;
    }

    BinaryFrame magic(int magic) {
        this.magic = magic;
        return this;
    }

    BinaryFrame key(byte[] key) {
        this.key = key;
        return this;
    }

    /** What was put into {@code written}. */
    BinaryFrame extras(ByteBuffer written) {
        this.extras = new byte[written.position()];
        written.flip().get(extras);
        return this;
    }

    BinaryFrame extras(byte[] extras) {
        this.extras = extras;
        return this;
    }

    BinaryFrame value(byte[] value) {
        this.value = value;
        return this;
    }

    BinaryFrame opaque(int opaque) {
        this.opaque = opaque;
        return this;
    }

    BinaryFrame cas(long cas) {
        this.cas = cas;
        return this;
    }

    /** What the header says, where it is not the truth. */
    BinaryFrame lengths(int keyLength, int extrasLength, long bodyLength) {
        this.keyLength = keyLength;
        this.extrasLength = extrasLength;
        this.bodyLength = bodyLength;
        return this;
    }

    BinaryFrame dataType(int dataType) {
        this.dataType = dataType;
        return this;
    }

    BinaryFrame reserved(int reserved) {
        this.reserved = reserved;
        return this;
    }

    byte[] bytes() {
        int body = extras.length + key.length + value.length;
        return ByteBuffer.allocate(HEADER_BYTES + body)
                .put((byte) magic)
                .put((byte) opcode)
                .putShort((short) (keyLength < 0 ? key.length : keyLength))
                .put((byte) (extrasLength < 0 ? extras.length : extrasLength))
                .put((byte) dataType)
                .putShort((short) reserved)
                .putInt((int) (bodyLength < 0 ? body : bodyLength))
                .putInt(opaque)
                .putLong(cas)
                .put(extras)
                .put(key)
                .put(value)
                .array();
    }

    Command command() {
        return Command.of(bytes());
    }

    /** The same frame with the CAS unique that {@code of}'s item has when it is sent. */
    Command command(Command.CasOf of) {
        byte[] bytes = bytes();
        byte[] head = java.util.Arrays.copyOf(bytes, CAS_OFFSET);
        byte[] tail = java.util.Arrays.copyOfRange(bytes, CAS_OFFSET + Long.BYTES, bytes.length);
        return new Command.Builder().bytes(head).cas(of).bytes(tail).build();
    }
}
