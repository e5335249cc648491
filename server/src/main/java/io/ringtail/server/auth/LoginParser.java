package io.ringtail.server.auth;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.request.RequestParser;

/**
 * Parses the one command that a text client may send before it has authenticated. Stateless.
 *
 * <pre>
 * login = "set" any any any bytes [any]* "\r\n" user " " password "\r\n"
 * </pre>
 */
public final class LoginParser implements RequestParser {
    private static final int SHORTEST_COMMAND = 3;
    private static final int SHORTEST_LINE = 6;
    private static final int LONGEST_LINE = 2048;
    private static final int BYTES_TOKEN = 4;
    /** More than a login can need. */
    static final int MAX_LOGIN_BYTES = 16384;

    @Override
    public int parse(long address, int bytes, Request request) {
        if (bytes < SHORTEST_COMMAND) {
            return 0;
        }
        int line = lineEnd(address, bytes);
        if (line < 0) {
            return bytes > LONGEST_LINE ? HANG_UP : 0;
        }
        if (line < SHORTEST_LINE) {
            return HANG_UP;
        }
        request.clear();
        request.commandAddress = address;
        request.headerBytes = line + 1;
        request.keyAddress = address;
        int end = Memory.getByte(address + line - 1) == '\r' ? line - 1 : line;
        decide(request, startsWithSet(address) ? number(address, end) : -1);
        return line + 1;
    }

    private static void decide(Request request, long valueBytes) {
        if (valueBytes < 0) {
            request.error = "CLIENT_ERROR unauthenticated";
        } else if (valueBytes > MAX_LOGIN_BYTES) {
            request.error = "CLIENT_ERROR auth token too long";
        } else {
            request.operation = Operation.SET;
            request.valueBytes = valueBytes;
        }
    }

    private static int lineEnd(long address, int bytes) {
        for (int i = 0; i < bytes; i++) {
            if (Memory.getByte(address + i) == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static boolean startsWithSet(long address) {
        return Memory.getByte(address) == 's' && Memory.getByte(address + 1) == 'e'
                && Memory.getByte(address + 2) == 't';
    }

    /** The fifth word of the line as an unsigned 32-bit number, or -1. */
    private static long number(long address, int end) {
        int at = 0;
        for (int token = 0; token < BYTES_TOKEN; token++) {
            at = skip(address, skip(address, at, end, true), end, false);
        }
        at = skip(address, at, end, true);
        long number = at < end ? 0 : -1;
        for (; at < end && Memory.getByte(address + at) != ' '; at++) {
            int digit = Memory.getByte(address + at) - '0';
            number = number * 10 + digit;
            if (digit < 0 || digit > 9 || number > 0xFFFF_FFFFL) {
                return -1;
            }
        }
        return number;
    }

    /** The first place from {@code at} on that is a space or not, other than {@code spaces}. */
    private static int skip(long address, int at, int end, boolean spaces) {
        int next = at;
        while (next < end && Memory.getByte(address + next) == ' ' == spaces) {
            next++;
        }
        return next;
    }
}
