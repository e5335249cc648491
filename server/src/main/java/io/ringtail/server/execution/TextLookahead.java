package io.ringtail.server.execution;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.text.Scan;

/**
 * Reads ahead in pipelined commands and fetches what their lookups will read, as for a get of many.
 * It knows the commands that clients pipeline and stops at all others; what it takes a line for
 * decides nothing, the parser reads each line anew.
 *
 * <p>Hot path. Owner: an event loop.
 */
final class TextLookahead {
    private static final int MAX_KEY_BYTES = 250;
    private static final int MIN_BYTES = "mg k\r\n".length();
    private static final int MAX_DIGITS = 7;

    private static final int GET = word("get ");
    private static final int GETS = word("gets");
    private static final int SET = word("set ");
    private static final int META_GET = word("mg \0");
    private static final int META_SET = word("ms \0");
    private static final int META_MASK = 0xFFFFFF;

    private final KeyGroup keys;

    TextLookahead(KeyGroup keys) {
        this.keys = keys;
    }

    private static int word(String letters) {
        return letters.charAt(0) | letters.charAt(1) << 8 | letters.charAt(2) << 16
                | letters.charAt(3) << 24;
    }

    /** Fetches for the commands that start at {@code address}, and says where they end. */
    long fetch(long address, int bytes) {
        long end = address + bytes;
        long at = address;
        long next = address;
        keys.clear();
        while (next != 0 && !keys.isFull() && end - next >= MIN_BYTES) {
            at = next;
            next = command(at, end);
        }
        keys.fetch();
        return next == 0 ? at : Math.min(next, end);
    }

    /** Adds the key of the command at {@code at}; where the next one starts, or 0. */
    private long command(long at, long end) {
        int head = Memory.getInt(at);
        if (head == GET) {
            return retrieval(at + 4, end);
        }
        if (head == SET) {
            return storage(at + 4, 2, end);
        }
        if ((head & META_MASK) == META_GET) {
            return retrieval(at + 3, end);
        }
        if ((head & META_MASK) == META_SET) {
            return storage(at + 3, 0, end);
        }
        return head == GETS ? retrieval(at + 5, end) : 0;
    }

    private long retrieval(long key, long end) {
        long newline = Scan.newline(key, end);
        return newline < end && add(key, newline) != 0 ? newline + 1 : 0;
    }

    /** A key, {@code skipped} words, the length of the value, and the value behind the line. */
    private long storage(long key, int skipped, long end) {
        long newline = Scan.newline(key, end);
        long keyEnd = newline < end ? add(key, newline) : 0;
        if (keyEnd == 0) {
            return 0;
        }
        long at = keyEnd + 1;
        for (int i = 0; i < skipped; i++) {
            at = Scan.space(at, newline) + 1;
        }
        long digits = at;
        long valueBytes = 0;
        long last = Math.min(newline, at + MAX_DIGITS);
        for (; at < last && Memory.getByte(at) >= '0' && Memory.getByte(at) <= '9'; at++) {
            valueBytes = valueBytes * 10 + Memory.getByte(at) - '0';
        }
        return at > digits ? newline + 1 + valueBytes + 2 : 0;
    }

    /** Adds the first word of the line, and says where it ends; 0 where it is not a key. */
    private long add(long key, long newline) {
        long keyEnd = Scan.blank(key, newline);
        if (keyEnd - key > MAX_KEY_BYTES) {
            return 0;
        }
        keys.add(key, (int) (keyEnd - key));
        return keyEnd;
    }
}
