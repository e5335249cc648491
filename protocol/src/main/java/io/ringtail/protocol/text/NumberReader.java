package io.ringtail.protocol.text;

import io.ringtail.protocol.memory.Memory;

/**
 * Reads decimals as memcached takes them, which is as C's strtoull and strtoll do: white space and
 * a sign may stand before the digits, white space or NUL and then anything behind them. Owner: an
 * event loop.
 */
public final class NumberReader {
    /** Digits that fit into a long whatever they are. */
    private static final int SAFE_DIGITS = 18;

    private long value;

    /** What the last successful read found; the bits of an unsigned number where one was read. */
    public long value() {
        return value;
    }

    /** Reads an unsigned 64-bit number; false where there is none. */
    public boolean readUnsigned(long address, int bytes) {
        return readDigits(address, bytes) || read(address, address + bytes, false);
    }

    /** Reads a signed 64-bit number; false where there is none. */
    public boolean readSigned(long address, int bytes) {
        return readDigits(address, bytes) || read(address, address + bytes, true);
    }

    private boolean readDigits(long address, int bytes) {
        if (bytes == 0 || bytes > SAFE_DIGITS) {
            return false;
        }
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            int digit = Memory.getByte(address + i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            number = number * 10 + digit;
        }
        value = number;
        return true;
    }

    private boolean read(long address, long end, boolean signed) {
        long at = address;
        while (at < end && isSpace(Memory.getByte(at))) {
            at++;
        }
        boolean negative = at < end && Memory.getByte(at) == '-';
        if (negative || at < end && Memory.getByte(at) == '+') {
            at++;
        }
        long first = at;
        long number = 0;
        for (; at < end; at++) {
            int digit = Memory.getByte(at) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            if (overflows(number, digit)) {
                return false;
            }
            number = number * 10 + digit;
        }
        boolean ended = at == end || isSpace(Memory.getByte(at)) || Memory.getByte(at) == 0;
        return at > first && ended && accept(number, negative, signed);
    }

    private static boolean overflows(long number, int digit) {
        long most = Long.divideUnsigned(-1, 10);
        int order = Long.compareUnsigned(number, most);
        return order > 0 || order == 0 && digit > 5;
    }

    private boolean accept(long magnitude, boolean negative, boolean signed) {
        long number = negative ? -magnitude : magnitude;
        if (signed) {
            boolean fits = magnitude >= 0 || negative && magnitude == Long.MIN_VALUE;
            if (!fits) {
                return false;
            }
        } else if (negative && number < 0) {
            return false;
        }
        value = number;
        return true;
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
