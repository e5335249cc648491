package io.ringtail.protocol.binary;

import io.ringtail.protocol.request.Operation;
import org.jspecify.annotations.Nullable;

/** What the frame of an opcode must look like, and what it asks for. Immutable. */
record CommandShape(Operation operation, boolean quiet, Extras extras, Key key, Body body) {
    /** The fields between header and key. */
    enum Extras {
        NONE(0), STORAGE(8), ARITHMETIC(20), EXPTIME(4), OPTIONAL_EXPTIME(4);

        final int bytes;

        Extras(int bytes) {
            this.bytes = bytes;
        }
    }

    enum Key {
        ABSENT, PRESENT, OPTIONAL
    }

    /** What may be behind the key. What is UNREAD there is taken for the next command. */
    enum Body {
        EMPTY, VALUE, UNREAD
    }

    private static final @Nullable CommandShape[] SHAPES = new @Nullable CommandShape[256];

    static {
        var empty = Body.EMPTY;
        both(Opcode.GET, Opcode.GETQ, Operation.GET, Extras.NONE, empty);
        both(Opcode.GETK, Opcode.GETKQ, Operation.GET, Extras.NONE, empty);
        both(Opcode.GAT, Opcode.GATQ, Operation.GET_AND_TOUCH, Extras.EXPTIME, Body.UNREAD);
        both(Opcode.GATK, Opcode.GATKQ, Operation.GET_AND_TOUCH, Extras.EXPTIME, Body.UNREAD);
        loud(Opcode.TOUCH, Operation.TOUCH, Extras.EXPTIME, Key.PRESENT, Body.UNREAD);
        both(Opcode.SET, Opcode.SETQ, Operation.SET, Extras.STORAGE, Body.VALUE);
        both(Opcode.ADD, Opcode.ADDQ, Operation.ADD, Extras.STORAGE, Body.VALUE);
        both(Opcode.REPLACE, Opcode.REPLACEQ, Operation.REPLACE, Extras.STORAGE, Body.VALUE);
        both(Opcode.APPEND, Opcode.APPENDQ, Operation.APPEND, Extras.NONE, Body.VALUE);
        both(Opcode.PREPEND, Opcode.PREPENDQ, Operation.PREPEND, Extras.NONE, Body.VALUE);
        both(Opcode.DELETE, Opcode.DELETEQ, Operation.DELETE, Extras.NONE, empty);
        both(Opcode.INCREMENT, Opcode.INCREMENTQ, Operation.INCREMENT, Extras.ARITHMETIC, empty);
        both(Opcode.DECREMENT, Opcode.DECREMENTQ, Operation.DECREMENT, Extras.ARITHMETIC, empty);
        loud(Opcode.FLUSH, Operation.FLUSH_ALL, Extras.OPTIONAL_EXPTIME, Key.ABSENT, empty);
        quiet(Opcode.FLUSHQ, Operation.FLUSH_ALL, Extras.OPTIONAL_EXPTIME, Key.ABSENT);
        loud(Opcode.QUIT, Operation.QUIT, Extras.NONE, Key.ABSENT, empty);
        quiet(Opcode.QUITQ, Operation.QUIT, Extras.NONE, Key.ABSENT);
        loud(Opcode.NOOP, Operation.NOOP, Extras.NONE, Key.ABSENT, empty);
        loud(Opcode.VERSION, Operation.VERSION, Extras.NONE, Key.ABSENT, empty);
        loud(Opcode.STAT, Operation.STATS, Extras.NONE, Key.OPTIONAL, Body.UNREAD);
        loud(Opcode.CONFIG_GET, Operation.CONFIG, Extras.NONE, Key.OPTIONAL, Body.UNREAD);
        loud(Opcode.SASL_LIST, Operation.SASL_LIST, Extras.NONE, Key.ABSENT, empty);
        loud(Opcode.SASL_AUTH, Operation.SASL_AUTH, Extras.NONE, Key.PRESENT, Body.VALUE);
        loud(Opcode.SASL_STEP, Operation.SASL_STEP, Extras.NONE, Key.PRESENT, Body.VALUE);
    }

    /** The shape of {@code opcode}, or null where there is no such command. */
    static @Nullable CommandShape of(int opcode) {
        return SHAPES[opcode];
    }

    boolean fits(int extrasBytes, int keyBytes, long restBytes) {
        boolean extrasFit = extrasBytes == extras.bytes
                || extrasBytes == 0 && extras == Extras.OPTIONAL_EXPTIME;
        boolean keyFits = key == Key.OPTIONAL || keyBytes > 0 == (key == Key.PRESENT);
        return extrasFit && keyFits && (restBytes == 0 || body != Body.EMPTY);
    }

    private static void both(int loud, int quiet, Operation operation, Extras extras, Body body) {
        SHAPES[loud] = new CommandShape(operation, false, extras, Key.PRESENT, body);
        SHAPES[quiet] = new CommandShape(operation, true, extras, Key.PRESENT, body);
    }

    private static void loud(int opcode, Operation operation, Extras extras, Key key, Body body) {
        SHAPES[opcode] = new CommandShape(operation, false, extras, key, body);
    }

    private static void quiet(int opcode, Operation operation, Extras extras, Key key) {
        SHAPES[opcode] = new CommandShape(operation, true, extras, key, Body.EMPTY);
    }
}
