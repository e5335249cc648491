package io.ringtail.protocol.text;

import io.ringtail.protocol.memory.Memory;
import java.util.Arrays;

/**
 * Base64 as memcached's meta commands read and write it for binary keys: bytes outside the alphabet
 * are skipped, padding ends the key.
 */
public final class Base64Key {
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final byte NONE = -1;
    private static final byte[] DIGITS = digits();

    private Base64Key() {}

    private static byte[] digits() {
        var digits = new byte[256];
        Arrays.fill(digits, NONE);
        for (int i = 0; i < ALPHABET.length(); i++) {
            digits[ALPHABET.charAt(i)] = (byte) i;
        }
        digits['='] = 0;
        return digits;
    }

    /** How many bytes {@link #encode} writes. */
    public static int encodedBytes(int bytes) {
        return (bytes + 2) / 3 * 4;
    }

    /**
     * Decodes into memory of at least {@code bytes} bytes; returns the length, 0 where malformed.
     */
    static int decode(long from, int bytes, long to) {
        int digits = 0;
        for (int i = 0; i < bytes; i++) {
            if (DIGITS[Memory.getUnsignedByte(from + i)] != NONE) {
                digits++;
            }
        }
        if (digits % 4 != 0) {
            return 0;
        }
        long out = to;
        int group = 0;
        int filled = 0;
        int padding = 0;
        for (int i = 0; i < bytes && padding == 0 || filled != 0; i++) {
            int c = Memory.getUnsignedByte(from + i);
            if (DIGITS[c] == NONE) {
                continue;
            }
            padding += c == '=' ? 1 : 0;
            group = group << 6 | DIGITS[c];
            if (++filled == 4) {
                Memory.putByte(out, (byte) (group >> 16));
                Memory.putByte(out + 1, (byte) (group >> 8));
                Memory.putByte(out + 2, (byte) group);
                out += 3;
                group = 0;
                filled = 0;
            }
        }
        return padding > 2 ? 0 : (int) (out - to) - padding;
    }

    /** Encodes with padding and returns the address behind the last byte. */
    public static long encode(long from, int bytes, long to) {
        long out = to;
        for (int i = 0; i < bytes; i += 3) {
            int left = bytes - i;
            int group = Memory.getUnsignedByte(from + i) << 16;
            group |= left > 1 ? Memory.getUnsignedByte(from + i + 1) << 8 : 0;
            group |= left > 2 ? Memory.getUnsignedByte(from + i + 2) : 0;
            Memory.putByte(out, (byte) ALPHABET.charAt(group >> 18));
            Memory.putByte(out + 1, (byte) ALPHABET.charAt(group >> 12 & 63));
            Memory.putByte(out + 2, (byte) (left > 1 ? ALPHABET.charAt(group >> 6 & 63) : '='));
            Memory.putByte(out + 3, (byte) (left > 2 ? ALPHABET.charAt(group & 63) : '='));
            out += 4;
        }
        return out;
    }
}
