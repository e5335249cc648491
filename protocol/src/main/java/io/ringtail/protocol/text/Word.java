package io.ringtail.protocol.text;

import io.ringtail.protocol.memory.Memory;

/** A constant word of up to sixteen ASCII characters, compared with native memory. Immutable. */
record Word(long head, long tail, int bytes) {
    static Word of(String text) {
        return new Word(pack(text, 0), pack(text, Long.BYTES), text.length());
    }

    private static long pack(String text, int from) {
        long packed = 0;
        for (int i = Math.min(text.length(), from + Long.BYTES) - 1; i >= from; i--) {
            packed = packed << 8 | text.charAt(i);
        }
        return packed;
    }

    boolean matches(long address, int length) {
        return length == bytes && starts(address);
    }

    /** Whether the memory starts with this word; it must be at least as long. */
    boolean starts(long address) {
        return load(address, Math.min(bytes, Long.BYTES)) == head
                && (bytes <= Long.BYTES || load(address + Long.BYTES, bytes - Long.BYTES) == tail);
    }

    private static long load(long address, int bytes) {
        if (bytes == Long.BYTES) {
            return Memory.getLong(address);
        }
        long loaded = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            loaded = loaded << 8 | Memory.getUnsignedByte(address + i);
        }
        return loaded;
    }
}
