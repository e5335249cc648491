package io.ringtail.server.execution;

import io.ringtail.cluster.peer.ForwardReply.Failure;
import io.ringtail.protocol.binary.BinaryReply;
import io.ringtail.protocol.binary.Opcode;
import io.ringtail.protocol.binary.Status;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.NativeText;
import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.peer.ForwardEntry;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.side.SideFrame;
import io.ringtail.protocol.text.TextReplies;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/**
 * How a command is answered that its owner did not answer: a read is a miss, a write says what
 * happened, and where the client asked for no reply it gets none. Immutable.
 */
sealed interface ForwardFailure {
    NativeText UNREACHABLE = new NativeText("owner unreachable");
    NativeText CHANGED = new NativeText("owner changed");
    NativeText LARGE = new NativeText("value too large to forward");
    NativeText NO_MEMORY = new NativeText("out of memory writing get response");
    NativeText SERVER_ERROR = new NativeText("SERVER_ERROR ");

    /** Writes the reply; false where there is none although the command failed. */
    boolean write(Output output, Failure why);

    static ForwardFailure of(Request request, int form) {
        if (form == ForwardEntry.BINARY) {
            return Binary.of(request);
        }
        if (form == ForwardEntry.SIDE) {
            return Side.REFUSED;
        }
        return switch (request.operation) {
            case GET, GET_AND_TOUCH -> Text.MISSING_KEY;
            case META_GET, META_DEBUG -> MetaMiss.of(request);
            case META_SET, META_DELETE, META_ARITHMETIC -> Text.ERROR;
            default -> request.quiet ? Text.SILENT : Text.ERROR;
        };
    }

    /**
     * The owner has the value: a miss would be a lie, where the protocol can say something else.
     */
    private static boolean isTooMuch(Failure why) {
        return why == Failure.TOO_LARGE || why == Failure.NO_ROOM;
    }

    private static NativeText words(Failure why) {
        return switch (why) {
            case UNREACHABLE, NOT_SENT -> UNREACHABLE;
            case NOT_OWNER -> CHANGED;
            case TOO_LARGE -> LARGE;
            case NO_ROOM -> NO_MEMORY;
        };
    }

    /** The text protocols. */
    enum Text implements ForwardFailure {
        /** One key of a get: the others follow, and END. */
        MISSING_KEY {
            @Override
            public boolean write(Output output, Failure why) {
                return true;
            }
        },
        ERROR {
            @Override
            public boolean write(Output output, Failure why) {
                SERVER_ERROR.writeTo(output);
                words(why).writeTo(output);
                TextReplies.LINE_END.writeTo(output);
                return true;
            }
        },
        SILENT {
            @Override
            public boolean write(Output output, Failure why) {
                return false;
            }
        }
    }

    /** The HTTP side port. */
    enum Side implements ForwardFailure {
        REFUSED {
            @Override
            public boolean write(Output output, Failure why) {
                SideExecutor.reply(output, switch (why) {
                    case TOO_LARGE -> SideFrame.Status.TOO_LARGE;
                    case NO_ROOM -> SideFrame.Status.OUT_OF_MEMORY;
                    case UNREACHABLE, NOT_SENT, NOT_OWNER -> SideFrame.Status.UNREACHABLE;
                }, 0);
                return true;
            }
        }
    }

    /** A meta get, whose miss repeats its opaque and key. */
    record MetaMiss(boolean quiet, byte @Nullable [] flags, byte @Nullable [] key,
            boolean binaryKey) implements ForwardFailure {
        private static final MetaMiss PLAIN = new MetaMiss(false, null, null, false);
        private static final MetaMiss QUIET = new MetaMiss(true, null, null, false);

        static MetaMiss of(Request request) {
            boolean quiet = request.hasMetaFlag('q');
            if (!request.hasMetaFlag('O') && !request.hasMetaFlag('k') || quiet) {
                return quiet ? QUIET : PLAIN;
            }
            return new MetaMiss(false, Memory.bytes(request.flagsAddress, request.flagsBytes),
                    Memory.bytes(request.keyAddress, request.keyBytes), request.binaryKey);
        }

        @Override
        public boolean write(Output output, Failure why) {
            if (isTooMuch(why)) {
                return Text.ERROR.write(output, why);
            }
            if (quiet) {
                return true;
            }
            if (flags == null || key == null) {
                TextReplies.META_MISS.writeTo(output);
                return true;
            }
            try (var arena = Arena.ofConfined()) {
                var request = new Request();
                request.flagsAddress = copy(arena, flags);
                request.flagsBytes = flags.length;
                request.keyAddress = copy(arena, key);
                request.keyBytes = key.length;
                request.binaryKey = binaryKey;
                var reply = new MetaReply();
                reply.beginMiss(output);
                reply.echo(request);
                reply.end(output);
            }
            return true;
        }
    }

    private static long copy(Arena arena, byte[] bytes) {
        long address = arena.allocate(Math.max(bytes.length, 1)).address();
        Memory.copyFrom(bytes, 0, address, bytes.length);
        return address;
    }

    /** The binary protocol, whose quiet forms report errors too. */
    record Binary(int opcode, int opaque, boolean read, boolean quiet, byte @Nullable [] key)
            implements ForwardFailure {
        static Binary of(Request request) {
            boolean read = switch (request.operation) {
                case GET, GET_AND_TOUCH -> true;
                default -> false;
            };
            boolean returnsKey = read && !request.quiet && Opcode.returnsKey(request.opcode);
            return new Binary(request.opcode, request.opaque, read, request.quiet,
                    returnsKey ? Memory.bytes(request.keyAddress, request.keyBytes) : null);
        }

        @Override
        public boolean write(Output output, Failure why) {
            var request = new Request();
            request.opcode = opcode;
            request.opaque = opaque;
            if (!read || isTooMuch(why)) {
                BinaryReply.error(output, request, Status.INTERNAL, words(why));
            } else if (!quiet) {
                miss(output, request);
            }
            return true;
        }

        private void miss(Output output, Request request) {
            if (key == null) {
                BinaryReply.error(output, request, Status.NOT_FOUND);
                return;
            }
            try (var arena = Arena.ofConfined()) {
                request.keyAddress = copy(arena, key);
                request.keyBytes = key.length;
                BinaryReply.missWithKey(output, request);
            }
        }
    }
}
