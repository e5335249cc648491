package io.ringtail.protocol.text;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;

/** Reads the arguments of the classic commands. Owner: its parser. */
final class ClassicLine {
    static final int MAX_KEY_BYTES = 250;
    /** A value and its line end together must be an int for memcached. */
    static final int MAX_VALUE_BYTES = Integer.MAX_VALUE - 2;

    private static final Word NOREPLY = Word.of("noreply");

    private final Tokens tokens;
    private final NumberReader number = new NumberReader();

    ClassicLine(Tokens tokens) {
        this.tokens = tokens;
    }

    static void fail(Request request, String error) {
        request.operation = Operation.MALFORMED;
        request.error = error;
    }

    /** {@code get <key>*}: the keys stay one span, for the executor to walk. */
    void get(Request request, boolean wantsCas, long end) {
        if (tokens.count() < 2) {
            fail(request, TextErrors.UNKNOWN);
            return;
        }
        request.operation = Operation.GET;
        request.wantsCas = wantsCas;
        keys(request, 1, end);
    }

    /** {@code gat <exptime> <key>*}. */
    void getAndTouch(Request request, boolean wantsCas, long end) {
        if (tokens.count() < 2) {
            fail(request, TextErrors.UNKNOWN);
            return;
        }
        if (!number.readSigned(tokens.address(1), tokens.bytes(1))) {
            fail(request, TextErrors.BAD_EXPTIME);
            return;
        }
        request.operation = Operation.GET_AND_TOUCH;
        request.exptime = (int) number.value();
        request.wantsCas = wantsCas;
        keys(request, 2, end);
    }

    private void keys(Request request, int first, long end) {
        long from = tokens.count() > first ? tokens.address(first) : end;
        request.argumentsAddress = from;
        request.argumentsBytes = (int) (end - from);
        request.keyAddress = from;
        request.keyBytes = tokens.count() == first + 1 ? tokens.bytes(first) : 0;
    }

    /**
     * {@code set|add|replace|append|prepend <key> <flags> <exptime> <bytes> [noreply]}, cas. Where
     * the length can be read, an error skips the value: nobody's value is to be read as commands.
     */
    void storage(Request request, Operation operation) {
        boolean cas = operation == Operation.CAS;
        int fixed = cas ? 6 : 5;
        if (!hasWords(request, fixed)) {
            return;
        }
        boolean measured = readValueBytes(request, 4, number, tokens);
        if (measured && readKey(request) && readNumbers(request) && (!cas || readCas(request))) {
            request.operation = operation;
            return;
        }
        fail(request, TextErrors.BAD_FORMAT);
        request.skipBytes = measured ? request.valueBytes + 2 : 0;
    }

    private boolean readNumbers(Request request) {
        if (!number.readUnsigned(tokens.address(2), tokens.bytes(2))) {
            return false;
        }
        request.clientFlags = (int) number.value();
        if (!number.readSigned(tokens.address(3), tokens.bytes(3))) {
            return false;
        }
        request.exptime = (int) number.value();
        return true;
    }

    static boolean readValueBytes(Request request, int word, NumberReader number, Tokens tokens) {
        if (!number.readSigned(tokens.address(word), tokens.bytes(word))) {
            return false;
        }
        int bytes = (int) number.value();
        request.valueBytes = bytes;
        return bytes >= 0 && bytes <= MAX_VALUE_BYTES;
    }

    private boolean readCas(Request request) {
        boolean read = number.readUnsigned(tokens.address(5), tokens.bytes(5));
        request.cas = number.value();
        request.hasCas = true;
        return read;
    }

    /** {@code delete <key> [0] [noreply]}. */
    void delete(Request request) {
        int count = tokens.count();
        if (count < 2 || count > 4) {
            fail(request, TextErrors.UNKNOWN);
            return;
        }
        if (count > 2) {
            boolean zero = tokens.bytes(2) == 1 && tokens.first(2) == '0';
            request.quiet = tokens.lastIs(NOREPLY);
            if (count == 3 ? !zero && !request.quiet : !zero || !request.quiet) {
                fail(request, TextErrors.BAD_DELETE);
                return;
            }
        }
        finish(request, Operation.DELETE, readKey(request), TextErrors.BAD_FORMAT);
    }

    /** {@code incr|decr <key> <delta> [noreply]}. */
    void arithmetic(Request request, Operation operation) {
        if (!hasWords(request, 3)) {
            return;
        }
        if (!readKey(request)) {
            fail(request, TextErrors.BAD_FORMAT);
            return;
        }
        boolean read = number.readUnsigned(tokens.address(2), tokens.bytes(2));
        request.delta = number.value();
        finish(request, operation, read, TextErrors.BAD_DELTA);
    }

    /** {@code touch <key> <exptime> [noreply]}. */
    void touch(Request request) {
        if (!hasWords(request, 3)) {
            return;
        }
        if (!readKey(request)) {
            fail(request, TextErrors.BAD_FORMAT);
            return;
        }
        boolean read = number.readSigned(tokens.address(2), tokens.bytes(2));
        request.exptime = (int) number.value();
        finish(request, Operation.TOUCH, read, TextErrors.BAD_EXPTIME);
    }

    private static void finish(Request request, Operation operation, boolean valid, String error) {
        if (valid) {
            request.operation = operation;
        } else {
            fail(request, error);
        }
    }

    /** Whether there are {@code fixed} words, or one more, which may be noreply. */
    private boolean hasWords(Request request, int fixed) {
        int count = tokens.count();
        if (count != fixed && count != fixed + 1) {
            fail(request, TextErrors.UNKNOWN);
            return false;
        }
        request.quiet = tokens.lastIs(NOREPLY);
        return true;
    }

    private boolean readKey(Request request) {
        request.keyAddress = tokens.address(1);
        request.keyBytes = tokens.bytes(1);
        return request.keyBytes <= MAX_KEY_BYTES;
    }

    /** A command without a key: its arguments stay one span. */
    void keyless(Request request, Operation operation, long end) {
        long from = tokens.address(0) + tokens.bytes(0);
        request.operation = operation;
        request.argumentsAddress = Scan.skipSpaces(from, end);
        request.argumentsBytes = (int) (end - request.argumentsAddress);
        request.quiet = tokens.lastIs(NOREPLY);
    }

    /** A line that names no command; browsers and the like are hung up on. */
    boolean hangsUp(long address, int bytes) {
        int last = tokens.count() - 1;
        return bytes >= 2 && !isKnownInitial(Memory.getByte(address), bytes)
                && tokens.bytes(last) >= HTTP.bytes() && HTTP.starts(tokens.address(last));
    }

    private static final Word HTTP = Word.of("HTTP/");

    /** memcached looks for HTTP only where the first letter is none of its common commands'. */
    private static boolean isKnownInitial(byte c, int bytes) {
        return switch (c) {
            case 'g', 's', 'a', 'c', 'i', 'd', 't' -> true;
            case 'm' -> bytes == 2;
            default -> false;
        };
    }
}
