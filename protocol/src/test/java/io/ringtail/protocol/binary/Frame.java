package io.ringtail.protocol.binary;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A request frame, put together field by field; lengths may be made to lie. */
final class Frame {
    private final int opcode;
    private int magic = BinaryLayout.REQUEST_MAGIC;
    private byte[] extras = {};
    private byte[] key = {};
    private byte[] value = {};
    private int opaque = 0xDEADBEEF;
    private long cas;
    private int keyBytes = -1;
    private long bodyBytes = -1;

    Frame(int opcode) {
        this.opcode = opcode;
    }

    Frame magic(int newMagic) {
        magic = newMagic;
        return this;
    }

    Frame key(String newKey) {
        key = newKey.getBytes(StandardCharsets.ISO_8859_1);
        return this;
    }

    Frame value(String newValue) {
        value = newValue.getBytes(StandardCharsets.ISO_8859_1);
        return this;
    }

    Frame storage(int clientFlags, int exptime) {
        extras = ByteBuffer.allocate(8).putInt(clientFlags).putInt(exptime).array();
        return this;
    }

    Frame arithmetic(long delta, long initial, int exptime) {
        extras = ByteBuffer.allocate(20).putLong(delta).putLong(initial).putInt(exptime).array();
        return this;
    }

    Frame exptime(int exptime) {
        extras = ByteBuffer.allocate(4).putInt(exptime).array();
        return this;
    }

    Frame extras(int bytes) {
        extras = new byte[bytes];
        return this;
    }

    Frame cas(long newCas) {
        cas = newCas;
        return this;
    }

    Frame opaque(int newOpaque) {
        opaque = newOpaque;
        return this;
    }

    Frame claimedKeyBytes(int bytes) {
        keyBytes = bytes;
        return this;
    }

    Frame claimedBodyBytes(long bytes) {
        bodyBytes = bytes;
        return this;
    }

    byte[] bytes() {
        int body = extras.length + key.length + value.length;
        return ByteBuffer.allocate(BinaryLayout.HEADER_BYTES + body)
                .put((byte) magic)
                .put((byte) opcode)
                .putShort((short) (keyBytes < 0 ? key.length : keyBytes))
                .put((byte) extras.length)
                .put((byte) 0)
                .putShort((short) 0)
                .putInt((int) (bodyBytes < 0 ? body : bodyBytes))
                .putInt(opaque)
                .putLong(cas)
                .put(extras)
                .put(key)
                .put(value)
                .array();
    }

    /** The frame in memory of its own, so that a read behind its end is a read behind the arena. */
    MemorySegment in(Arena arena) {
        return arena.allocateFrom(java.lang.foreign.ValueLayout.JAVA_BYTE, bytes());
    }
}
