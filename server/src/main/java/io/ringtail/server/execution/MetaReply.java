package io.ringtail.server.execution;

import io.ringtail.protocol.memory.Decimal;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.text.Base64Key;
import io.ringtail.protocol.text.Scan;
import io.ringtail.server.store.ItemFields;
import org.jspecify.annotations.Nullable;

/**
 * Writes the reply lines of the meta commands: a code, then what the request's flags ask for, in
 * their order. Owner: an event loop, one reply at a time.
 */
final class MetaReply {
    /** No line is longer: code, key in base64, opaque, a number for each other flag. */
    static final int MAX_BYTES = 768;

    private static final int BINARY_KEY_MARK = ' ' | 'b' << 8;
    private static final short LINE_END = '\n' << 8 | '\r';
    private static final short HD = code("HD");
    private static final short VA = code("VA");
    /** Flags that put something into the line of a hit, or depend on their place in it. */
    private static final long ORDERED = flags("scfltkhOTNR");

    private long at;
    /** The item's exptime as the flags so far have left it. */
    private int exptime;
    private boolean won;
    /** What T, N and R of the request mean on the node's clock. */
    private int touchExptime;
    private int vivifyExptime;
    private int recacheBefore;

    private static short code(String letters) {
        return (short) (letters.charAt(0) | letters.charAt(1) << 8);
    }

    private static long flags(String letters) {
        return letters.chars().mapToLong(letter -> 1L << letter - 'A').reduce(0, (a, b) -> a | b);
    }

    /** Takes over what T, N and R of the request mean on the node's clock. */
    void times(Request request, Engine engine) {
        touchExptime = engine.expiry(request.exptime);
        vivifyExptime = engine.expiry(request.vivifyExptime);
        recacheBefore = engine.expiry(request.recacheSeconds);
    }

    int touchExptime() {
        return touchExptime;
    }

    /** The exptime of an item that the command creates: N, or T where it stands behind N. */
    int createdExptime(Request request) {
        if (!request.hasMetaFlag('T')) {
            return vivifyExptime;
        }
        long end = request.flagsAddress + request.flagsBytes;
        int created = 0;
        for (long word = request.flagsAddress; word < end;) {
            created = switch (Memory.getByte(word)) {
                case 'T' -> touchExptime;
                case 'N' -> vivifyExptime;
                default -> created;
            };
            word = Scan.skipSpaces(Scan.space(word, end), end);
        }
        return created;
    }

    /** Starts a line without a value. */
    void begin(Output output, Outcome outcome) {
        begin(output.ensure(MAX_BYTES), switch (outcome) {
            case DONE -> HD;
            case NOT_STORED -> code("NS");
            case EXISTS -> code("EX");
            case NOT_FOUND -> code("NF");
            case NON_NUMERIC, OUT_OF_MEMORY ->
                    throw new IllegalArgumentException("outcome=" + outcome);
        });
    }

    void beginMiss(Output output) {
        begin(output.ensure(MAX_BYTES), code("EN"));
    }

    private void begin(long start, short code) {
        Memory.putShort(start, code);
        at = start + 2;
    }

    /** Starts the line of a hit; {@code start} has room for {@link #MAX_BYTES}. */
    void beginHit(long start, boolean value, long valueBytes) {
        if (value) {
            Memory.putShort(start, VA);
            Memory.putByte(start + 2, (byte) ' ');
            at = Decimal.write(start + 3, valueBytes);
        } else {
            begin(start, HD);
        }
    }

    /** Ends the line and returns the address behind it. */
    long end() {
        Memory.putShort(at, LINE_END);
        return at + 2;
    }

    void end(Output output) {
        output.position(end());
    }

    /** The flags of a reply without an item: opaque and key come back. */
    void echo(Request request) {
        long end = request.flagsAddress + request.flagsBytes;
        for (long word = request.flagsAddress; word < end;) {
            long wordEnd = Scan.space(word, end);
            echo(request, word, wordEnd, request.binaryKey);
            word = Scan.skipSpaces(wordEnd, end);
        }
    }

    private void echo(Request request, long word, long wordEnd, boolean binaryKey) {
        byte letter = Memory.getByte(word);
        if (letter == 'O') {
            Memory.putByte(at, (byte) ' ');
            int bytes = (int) (wordEnd - word);
            Memory.copy(word, at + 1, bytes);
            at += 1 + bytes;
        } else if (letter == 'k') {
            letter('k');
            key(request, binaryKey);
        }
    }

    /** Writes the key alone, in base64 where it is binary. */
    void key(Output output, Request request, boolean binary) {
        at = output.ensure(MAX_BYTES);
        encodeKey(request, binary);
        output.position(at);
    }

    private void key(Request request, boolean binary) {
        encodeKey(request, binary);
        if (binary) {
            Memory.putShort(at, (short) BINARY_KEY_MARK);
            at += 2;
        }
    }

    private void encodeKey(Request request, boolean binary) {
        if (binary) {
            at = Base64Key.encode(request.keyAddress, request.keyBytes, at);
        } else {
            Memory.copy(request.keyAddress, at, request.keyBytes);
            at += request.keyBytes;
        }
    }

    /** The flags of ms. */
    void stored(Request request, long cas, long valueBytes) {
        long end = request.flagsAddress + request.flagsBytes;
        for (long word = request.flagsAddress; word < end;) {
            long wordEnd = Scan.space(word, end);
            switch (Memory.getByte(word)) {
                case 'c' -> number('c', cas);
                case 's' -> number('s', valueBytes);
                default -> echo(request, word, wordEnd, request.binaryKey);
            }
            word = Scan.skipSpaces(wordEnd, end);
        }
    }

    /** The flags of mg: {@code item} is null where the command has created it, with {@code cas}. */
    void found(Request request, @Nullable ItemFields item, long cas, int now) {
        exptime = item == null ? 0 : item.exptime();
        won = false;
        boolean winSent = item != null && item.winSent();
        boolean stale = item != null && item.stale();
        if ((request.metaFlags & ORDERED) != 0) {
            walk(request, item, cas, now);
        }
        if (winSent) {
            won = false;
            letter('Z');
        }
        if (stale) {
            letter('X');
            won |= !winSent;
        }
        if (won) {
            letter('W');
        }
    }

    private void walk(Request request, @Nullable ItemFields item, long cas, int now) {
        long end = request.flagsAddress + request.flagsBytes;
        boolean binaryKey = item != null && item.binaryKey();
        for (long word = request.flagsAddress; word < end;) {
            long wordEnd = Scan.space(word, end);
            switch (Memory.getByte(word)) {
                case 's' -> number('s', item == null ? 0 : item.valueBytes());
                case 'c' -> number('c', item == null ? cas : item.cas());
                case 'f' ->
                        number('f', item == null ? 0 : Integer.toUnsignedLong(item.clientFlags()));
                case 'l' -> number('l', item == null ? 0 : seconds(now - item.lastAccess()));
                case 'h' -> number('h', item != null && item.fetched() ? 1 : 0);
                case 't' -> remaining(now);
                case 'T' -> exptime = touchExptime;
                case 'N' -> vivified(item);
                case 'R' -> won |= item != null && exptime != 0
                        && Integer.compareUnsigned(exptime, recacheBefore) < 0;
                default -> echo(request, word, wordEnd, binaryKey);
            }
            word = Scan.skipSpaces(wordEnd, end);
        }
    }

    private void vivified(@Nullable ItemFields item) {
        if (item == null) {
            exptime = vivifyExptime;
            won = true;
        }
    }

    /** What the item's exptime is to be after the flags that {@link #found} read. */
    int exptime() {
        return exptime;
    }

    /** Whether this reply told the client that it may recache the item. */
    boolean won() {
        return won;
    }

    /** The line, and the value, of a number that was counted. */
    void counted(Output output, Request request, Arithmetic counted, int now) {
        boolean value = request.hasMetaFlag('v');
        int digits = Decimal.digits(counted.number());
        beginHit(output.ensure(MAX_BYTES), value, digits);
        exptime = counted.exptime();
        long end = request.flagsAddress + request.flagsBytes;
        for (long word = request.flagsAddress; word < end;) {
            long wordEnd = Scan.space(word, end);
            switch (Memory.getByte(word)) {
                case 'c' -> number('c', counted.cas());
                case 't' -> remaining(now);
                case 'T' -> exptime = touchExptime;
                case 'N' -> exptime = counted.created() ? vivifyExptime : exptime;
                default -> echo(request, word, wordEnd, request.binaryKey);
            }
            word = Scan.skipSpaces(wordEnd, end);
        }
        if (value) {
            Memory.putShort(at, LINE_END);
            at = Decimal.write(at + 2, counted.number());
        }
        end(output);
    }

    private void letter(char letter) {
        Memory.putShort(at, (short) (' ' | letter << 8));
        at += 2;
    }

    private void number(char letter, long value) {
        letter(letter);
        at = Decimal.write(at, value);
    }

    private void remaining(int now) {
        letter('t');
        if (exptime == 0) {
            Memory.putShort(at, (short) ('-' | '1' << 8));
            at += 2;
        } else {
            at = Decimal.write(at, seconds(exptime - now));
        }
    }

    /** memcached's times wrap around at 32 bits. */
    private static long seconds(int difference) {
        return Integer.toUnsignedLong(difference);
    }
}
