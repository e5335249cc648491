package io.ringtail.protocol.text;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.request.RequestParser;

/**
 * Parses the lines of the text protocol in place. {@link UsualLine} reads what clients usually
 * send; whatever does not look so takes the way through {@link Tokens}, which knows every error.
 * Owner: an event loop, whose connections share it.
 */
public final class TextParser implements RequestParser {
    /** A line that has not ended after so many bytes hangs up, unless it is a get or gets. */
    static final int MAX_LINE_BYTES = 2048;
    /** A get that has not ended after so many bytes is taken in parts. */
    static final int MAX_KEYS_BYTES = 64 << 10;
    private static final int MAX_LEADING_SPACES = 100;
    private static final int MIN_USUAL_BYTES = 8;

    private static final Word GET = Word.of("get ");
    private static final Word GETS = Word.of("gets ");

    private final UsualLine usual = new UsualLine();
    private final Tokens tokens = new Tokens();
    private final ClassicLine classic = new ClassicLine(tokens);
    private final MetaLine meta = new MetaLine(tokens);

    @Override
    public int parse(long address, int bytes, Request request) {
        request.commandAddress = address;
        if (bytes >= MIN_USUAL_BYTES) {
            int used = usual.read(address, bytes, request);
            if (used != UsualLine.UNUSUAL) {
                return used;
            }
        }
        long end = address + bytes;
        long newline = Scan.newline(address, end);
        if (newline == end) {
            return unfinished(address, bytes, request);
        }
        request.clear();
        request.headerBytes = (int) (newline + 1 - address);
        boolean carriageReturn = newline - address > 1 && Memory.getByte(newline - 1) == '\r';
        return parseLine(request, address, carriageReturn ? newline - 1 : newline);
    }

    private int parseLine(Request request, long from, long end) {
        tokens.split(from, end);
        if (tokens.count() == 0) {
            ClassicLine.fail(request, TextErrors.UNKNOWN);
            return request.headerBytes;
        }
        long address = tokens.address(0);
        int bytes = tokens.bytes(0);
        var command = TextCommand.of(address, bytes);
        if (command == null) {
            ClassicLine.fail(request, TextErrors.UNKNOWN);
            return classic.hangsUp(address, bytes) ? HANG_UP : request.headerBytes;
        }
        read(command, request, end);
        return request.headerBytes;
    }

    private void read(TextCommand command, Request request, long end) {
        var operation = command.operation;
        switch (command) {
            case GET, GETS -> classic.get(request, command == TextCommand.GETS, end);
            case GAT, GATS -> classic.getAndTouch(request, command == TextCommand.GATS, end);
            case SET, ADD, REPLACE, APPEND, PREPEND, CAS -> classic.storage(request, operation);
            case DELETE -> classic.delete(request);
            case INCR, DECR -> classic.arithmetic(request, operation);
            case TOUCH -> classic.touch(request);
            case MG, MD, MA -> meta.keyed(request, operation, end);
            case MS -> meta.set(request, end);
            case ME -> meta.debug(request);
            default -> classic.keyless(request, operation, end);
        }
    }

    private static int unfinished(long address, int bytes, Request request) {
        if (bytes <= MAX_LINE_BYTES) {
            return 0;
        }
        long from = Scan.skipSpaces(address, address + bytes - GETS.bytes());
        if (from - address > MAX_LEADING_SPACES || !GET.starts(from) && !GETS.starts(from)) {
            return HANG_UP;
        }
        return bytes < MAX_KEYS_BYTES ? 0 : takeKeys(address, from, address + bytes, request);
    }

    /**
     * Takes the keys that have arrived of a very long get. Who executes it puts the command's words
     * in front of the key that has not arrived whole.
     */
    private static int takeKeys(long address, long from, long end, Request request) {
        request.clear();
        int prefix = GET.starts(from) ? GET.bytes() : GETS.bytes();
        long keys = from + prefix;
        long rest = lastWord(keys, end);
        if (rest == keys || end - rest > ClassicLine.MAX_KEY_BYTES + 1) {
            ClassicLine.fail(request, TextErrors.BAD_FORMAT);
            request.closes = true;
            request.headerBytes = (int) (end - address);
            return request.headerBytes;
        }
        request.operation = Operation.GET;
        request.wantsCas = prefix == GETS.bytes();
        request.continued = true;
        request.argumentsAddress = keys;
        request.argumentsBytes = (int) (rest - keys);
        request.headerBytes = (int) (rest - address);
        return request.headerBytes;
    }

    /** Where the last word starts that has at least one byte, which is not the line's end. */
    private static long lastWord(long from, long end) {
        long at = end;
        while (at > from && (Memory.getByte(at - 1) == ' ' || Memory.getByte(at - 1) == '\r')) {
            at--;
        }
        while (at > from && Memory.getByte(at - 1) != ' ') {
            at--;
        }
        return at;
    }
}
