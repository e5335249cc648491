package io.ringtail.protocol.text;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of the meta commands. Owner: its parser. */
final class MetaLine {
    /** More words than these, with the command and the key, are refused. */
    static final int MAX_WORDS = 19;
    static final int MAX_OPAQUE_BYTES = 32;

    private static final long KNOWN = flags("bCcDEFfhIJkLlMNOPqRsTtuvx");

    private final Tokens tokens;
    private final NumberReader number = new NumberReader();
    /** Room for one decoded key. */
    private final MemorySegment scratch = Arena.ofAuto().allocate(256, 8);

    MetaLine(Tokens tokens) {
        this.tokens = tokens;
    }

    static long flags(String letters) {
        return letters.chars().mapToLong(letter -> 1L << letter - 'A').reduce(0, (a, b) -> a | b);
    }

    /** {@code mg|md|ma <key> <flags>*}. */
    void keyed(Request request, Operation operation, long end) {
        if (tokens.count() < 2) {
            ClassicLine.fail(request, TextErrors.UNKNOWN);
            return;
        }
        var error = readKey(request);
        if (error == null) {
            error = readFlags(request, 2, end);
            if (error != null && operation != Operation.META_GET) {
                error = TextErrors.META_UNKNOWN_OR_DUPLICATE;
            }
        }
        if (error == null && operation == Operation.META_ARITHMETIC
                && !isArithmeticMode(request.metaMode)) {
            error = TextErrors.META_ARITHMETIC_MODE;
        }
        finish(request, operation, error == null ? opaqueError(2) : error);
    }

    /** {@code ms <key> <datalen> <flags>*}: with a length, an error skips the value. */
    void set(Request request, long end) {
        if (tokens.count() < 2) {
            ClassicLine.fail(request, TextErrors.UNKNOWN);
            return;
        }
        var error = readKey(request);
        boolean measured =
                tokens.count() > 2 && ClassicLine.readValueBytes(request, 2, number, tokens);
        if (!measured) {
            ClassicLine.fail(request, error == null ? TextErrors.BAD_FORMAT : error);
            return;
        }
        if (error == null) {
            error = readFlags(request, 3, end);
        }
        if (error == null) {
            error = isSetMode(request.metaMode) ? opaqueError(3) : TextErrors.META_SET_MODE;
        }
        if (error != null) {
            request.skipBytes = request.valueBytes + 2;
        }
        finish(request, Operation.META_SET, error);
    }

    private static void finish(Request request, Operation operation, @Nullable String error) {
        if (error == null) {
            request.operation = operation;
        } else {
            ClassicLine.fail(request, error);
        }
    }

    /** {@code me <key> [b]}. */
    void debug(Request request) {
        boolean valid = tokens.count() >= 2 && tokens.bytes(1) <= ClassicLine.MAX_KEY_BYTES;
        if (valid) {
            request.keyAddress = tokens.address(1);
            request.keyBytes = tokens.bytes(1);
            if (tokens.count() > 2 && tokens.bytes(2) == 1 && tokens.first(2) == 'b') {
                valid = decodeKey(request);
            }
        }
        finish(request, Operation.META_DEBUG, valid ? null : TextErrors.BAD_FORMAT);
    }

    private @Nullable String readKey(Request request) {
        request.keyAddress = tokens.address(1);
        request.keyBytes = tokens.bytes(1);
        if (request.keyBytes > ClassicLine.MAX_KEY_BYTES) {
            return TextErrors.BAD_FORMAT;
        }
        return tokens.count() > MAX_WORDS ? TextErrors.META_TOO_MANY : null;
    }

    private boolean decodeKey(Request request) {
        int decoded = Base64Key.decode(request.keyAddress, request.keyBytes, scratch.address());
        request.keyAddress = scratch.address();
        request.keyBytes = decoded;
        request.binaryKey = true;
        return decoded > 0;
    }

    static boolean isSetMode(byte mode) {
        return switch (mode) {
            case 0, 'E', 'A', 'P', 'R', 'S' -> true;
            default -> false;
        };
    }

    static boolean isArithmeticMode(byte mode) {
        return switch (mode) {
            case 0, 'I', '+', 'D', '-' -> true;
            default -> false;
        };
    }

    private @Nullable String readFlags(Request request, int first, long end) {
        request.delta = 1;
        String error = null;
        int count = tokens.count();
        if (count > first) {
            request.flagsAddress = tokens.address(first);
            request.flagsBytes = (int) (end - request.flagsAddress);
        }
        for (int i = first; i < count; i++) {
            int letter = tokens.first(i);
            int index = letter - 'A';
            if (letter < 0 || letter == 127) {
                return TextErrors.META_DUPLICATE;
            }
            if (index < 0 || (KNOWN & 1L << index) == 0) {
                return TextErrors.META_UNKNOWN;
            }
            if ((request.metaFlags & 1L << index) != 0) {
                return TextErrors.META_DUPLICATE;
            }
            request.metaFlags |= 1L << index;
            var failed = readFlag(request, letter, tokens.address(i) + 1, tokens.bytes(i) - 1);
            error = failed == null ? error : failed;
        }
        return error;
    }

    private @Nullable String readFlag(Request request, int letter, long address, int bytes) {
        switch (letter) {
            case 'N', 'R', 'T' -> { return readTime(request, letter, address, bytes); }
            case 'C', 'E', 'F' -> { return readIdentity(request, letter, address, bytes); }
            case 'J' -> {
                boolean read = number.readUnsigned(address, bytes);
                request.initial = number.value();
                return read ? null : TextErrors.META_INITIAL;
            }
            case 'D' -> {
                boolean read = number.readUnsigned(address, bytes);
                request.delta = number.value();
                return read ? null : TextErrors.META_DELTA;
            }
            case 'M' -> {
                if (bytes != 1) {
                    return TextErrors.META_MODE_BYTES;
                }
                request.metaMode = Memory.getByte(address);
                return null;
            }
            case 'b' -> { return decodeKey(request) ? null : TextErrors.META_KEY; }
            default -> { return null; }
        }
    }

    private @Nullable String readTime(Request request, int letter, long address, int bytes) {
        if (!number.readSigned(address, bytes)) {
            return TextErrors.META_TOKEN;
        }
        int seconds = (int) number.value();
        switch (letter) {
            case 'N' -> {
                request.vivifies = true;
                request.vivifyExptime = seconds;
            }
            case 'R' -> request.recacheSeconds = seconds;
            default -> request.exptime = seconds;
        }
        return null;
    }

    private @Nullable String readIdentity(Request request, int letter, long address, int bytes) {
        boolean read = number.readUnsigned(address, bytes);
        long value = number.value();
        switch (letter) {
            case 'C' -> {
                request.hasCas = true;
                request.cas = value;
            }
            case 'E' -> request.explicitCas = value;
            default -> {
                request.clientFlags = (int) value;
                return read ? null : TextErrors.BAD_FORMAT;
            }
        }
        return read ? null : TextErrors.META_TOKEN;
    }

    private @Nullable String opaqueError(int first) {
        for (int i = first; i < tokens.count(); i++) {
            if (tokens.bytes(i) > MAX_OPAQUE_BYTES && tokens.first(i) == 'O') {
                return TextErrors.META_OPAQUE;
            }
        }
        return null;
    }
}
