package io.ringtail.protocol.text;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;

/**
 * Reads the lines that clients usually send in one pass: words one space apart, plain digits, a
 * line end of two bytes. Whatever looks otherwise, or has not arrived whole, is left to the
 * parser's long way, which then begins anew. Hot path, see TextParserBenchmark. Owner: its parser.
 */
final class UsualLine {
    /** Returned where the line is left to the long way. */
    static final int UNUSUAL = 0;

    private static final int GET = word("get ");
    private static final int GETS = word("gets");
    private static final int SET = word("set ");
    private static final int DELETE_HEAD = word("dele");
    private static final int DELETE_TAIL = word("ete ");
    private static final int META = word("m\0 \0");
    private static final int META_MASK = 0x00FF00FF;
    private static final short LINE_END = '\n' << 8 | '\r';
    private static final long NOREPLY = Word.of(" noreply").head();

    /** Digits that fit into an int whatever they are. */
    private static final int INT_DIGITS = 9;
    private static final int LONG_DIGITS = 18;
    /** More flags than these are left to the long way, which refuses too many. */
    private static final int MAX_FLAGS = MetaLine.MAX_WORDS - 3;

    private static final long PLAIN = MetaLine.flags("cfhklqstuvIx");
    private static final long TEXTS = MetaLine.flags("OPL");
    private static final long TIMES = MetaLine.flags("TNR");
    private static final long NUMBERS = MetaLine.flags("CEFDJ");

    private long at;
    private long end;
    private long number;

    private static int word(String letters) {
        return letters.charAt(0) | letters.charAt(1) << 8 | letters.charAt(2) << 16
                | letters.charAt(3) << 24;
    }

    /** Returns the line's bytes, or {@link #UNUSUAL}; there are at least eight bytes. */
    int read(long address, int bytes, Request request) {
        int head = Memory.getInt(address);
        end = address + bytes;
        if (head == GET) {
            return get(address, address + 4, false, request);
        }
        if (head == SET) {
            return set(address, request);
        }
        if ((head & META_MASK) == META) {
            return meta(address, head >>> 8 & 0xFF, request);
        }
        if (head == GETS && Memory.getByte(address + 4) == ' ') {
            return get(address, address + 5, true, request);
        }
        if (head == DELETE_HEAD && Memory.getInt(address + 3) == DELETE_TAIL) {
            return delete(address, request);
        }
        return UNUSUAL;
    }

    private int get(long address, long key, boolean wantsCas, Request request) {
        long keyEnd = Scan.blank(key, end);
        if (keyEnd == key || end - keyEnd < 2) {
            return UNUSUAL;
        }
        long lineEnd = keyEnd;
        int keyBytes = (int) (keyEnd - key);
        if (Memory.getShort(keyEnd) != LINE_END) {
            long newline = Scan.newline(keyEnd, end);
            if (newline == end || Memory.getByte(keyEnd) != ' '
                    || Memory.getByte(newline - 1) != '\r') {
                return UNUSUAL;
            }
            lineEnd = newline - 1;
            keyBytes = 0;
        }
        request.operation = Operation.GET;
        request.wantsCas = wantsCas;
        request.keyAddress = key;
        request.keyBytes = keyBytes;
        request.argumentsAddress = key;
        request.argumentsBytes = (int) (lineEnd - key);
        request.continued = false;
        request.quiet = false;
        request.metaFlags = 0;
        return finish(address, lineEnd, request);
    }

    private static int finish(long address, long lineEnd, Request request) {
        request.skipBytes = 0;
        request.closes = false;
        request.headerBytes = (int) (lineEnd + 2 - address);
        return request.headerBytes;
    }

    private int set(long address, Request request) {
        if (!key(address + 4, request)) {
            return UNUSUAL;
        }
        request.hasCas = false;
        request.metaFlags = 0;
        request.binaryKey = false;
        request.vivifies = false;
        if (!number(INT_DIGITS)) {
            return UNUSUAL;
        }
        request.clientFlags = (int) number;
        if (!number(INT_DIGITS)) {
            return UNUSUAL;
        }
        request.exptime = number;
        if (!number(INT_DIGITS)) {
            return UNUSUAL;
        }
        request.valueBytes = number;
        request.valueAddress = 0;
        request.quiet = end - at >= Long.BYTES + 2 && Memory.getLong(at) == NOREPLY;
        at += request.quiet ? Long.BYTES : 0;
        if (!lineEnds()) {
            return UNUSUAL;
        }
        request.operation = Operation.SET;
        return finish(address, at, request);
    }

    private int delete(long address, Request request) {
        if (!key(address + 7, request) || !lineEnds()) {
            return UNUSUAL;
        }
        request.operation = Operation.DELETE;
        request.hasCas = false;
        request.quiet = false;
        request.metaFlags = 0;
        return finish(address, at, request);
    }

    private int meta(long address, int letter, Request request) {
        var operation = switch (letter) {
            case 'g' -> Operation.META_GET;
            case 's' -> Operation.META_SET;
            case 'd' -> Operation.META_DELETE;
            case 'a' -> Operation.META_ARITHMETIC;
            default -> Operation.MALFORMED;
        };
        if (operation == Operation.MALFORMED) {
            return UNUSUAL;
        }
        request.clear();
        if (!key(address + 3, request)) {
            return UNUSUAL;
        }
        if (operation == Operation.META_SET) {
            if (!number(INT_DIGITS)) {
                return UNUSUAL;
            }
            request.valueBytes = number;
        }
        request.delta = 1;
        if (!flags(operation, request)) {
            return UNUSUAL;
        }
        request.operation = operation;
        return finish(address, at, request);
    }

    /** Reads the flags up to the line's end. */
    private boolean flags(Operation operation, Request request) {
        if (lineEnds()) {
            return true;
        }
        request.flagsAddress = at + 1;
        int count = 0;
        while (end - at > 2 && Memory.getByte(at) == ' ') {
            int index = Memory.getByte(at + 1) - 'A';
            at += 2;
            if (index < 0 || ++count > MAX_FLAGS || (request.metaFlags & 1L << index) != 0
                    || !flag(operation, index, request)) {
                return false;
            }
            request.metaFlags |= 1L << index;
        }
        request.flagsBytes = (int) (at - request.flagsAddress);
        return lineEnds();
    }

    private boolean flag(Operation operation, int index, Request request) {
        long bit = 1L << index;
        if ((bit & PLAIN) != 0) {
            return true;
        }
        if ((bit & TEXTS) != 0) {
            long start = at;
            at = Scan.blank(at, end);
            return at - start < MetaLine.MAX_OPAQUE_BYTES;
        }
        if ((bit & TIMES) != 0) {
            return digits(INT_DIGITS) && time(index, request);
        }
        if ((bit & NUMBERS) != 0) {
            return digits(LONG_DIGITS) && number(index, request);
        }
        return index == 'M' - 'A' && mode(operation, request);
    }

    private boolean time(int index, Request request) {
        switch (index + 'A') {
            case 'T' -> request.exptime = number;
            case 'R' -> request.recacheSeconds = number;
            default -> {
                request.vivifies = true;
                request.vivifyExptime = number;
            }
        }
        return true;
    }

    private boolean number(int index, Request request) {
        switch (index + 'A') {
            case 'C' -> {
                request.hasCas = true;
                request.cas = number;
            }
            case 'E' -> request.explicitCas = number;
            case 'F' -> request.clientFlags = (int) number;
            case 'D' -> request.delta = number;
            default -> request.initial = number;
        }
        return true;
    }

    private boolean mode(Operation operation, Request request) {
        if (end - at < 3 || Memory.getByte(at) <= ' ') {
            return false;
        }
        request.metaMode = Memory.getByte(at++);
        return switch (operation) {
            case META_SET -> MetaLine.isSetMode(request.metaMode);
            case META_ARITHMETIC -> MetaLine.isArithmeticMode(request.metaMode);
            default -> true;
        };
    }

    private boolean key(long from, Request request) {
        long keyEnd = Scan.blank(from, end);
        request.keyAddress = from;
        request.keyBytes = (int) (keyEnd - from);
        at = keyEnd;
        return keyEnd > from && keyEnd - from <= ClassicLine.MAX_KEY_BYTES;
    }

    private boolean lineEnds() {
        return end - at >= 2 && Memory.getShort(at) == LINE_END;
    }

    /** Reads a space and a number. */
    private boolean number(int maxDigits) {
        if (at == end || Memory.getByte(at) != ' ') {
            return false;
        }
        at++;
        return digits(maxDigits);
    }

    private boolean digits(int maxDigits) {
        long start = at;
        long last = Math.min(end, start + maxDigits + 1);
        long read = 0;
        while (at < last) {
            int digit = Memory.getByte(at) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            read = read * 10 + digit;
            at++;
        }
        number = read;
        return at > start && at - start <= maxDigits;
    }
}
