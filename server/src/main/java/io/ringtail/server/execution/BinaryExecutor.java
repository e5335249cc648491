package io.ringtail.server.execution;

import io.ringtail.protocol.binary.BinaryReply;
import io.ringtail.protocol.binary.Opcode;
import io.ringtail.protocol.binary.Status;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.NativeText;
import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.server.store.Upload;
import org.jspecify.annotations.Nullable;

/**
 * Executes the binary protocol's commands and writes their replies. Quiet commands hold back their
 * success, quiet retrievals their miss; errors are always told. Owner: an event loop.
 */
public final class BinaryExecutor implements CommandExecutor {
    private static final NativeText NO_MEMORY_FOR_ITEM =
            new NativeText("Out of memory allocating item");
    private static final NativeText NO_MEMORY_FOR_NUMBER =
            new NativeText("Out of memory incrementing value");

    private final LoopContext loop;
    private final Engine engine;
    private final BinaryReader reader;

    public BinaryExecutor(LoopContext loop) {
        this.loop = loop;
        this.engine = new Engine(loop);
        this.reader = new BinaryReader(loop, engine);
    }

    @Override
    public int terminatorBytes() {
        return 0;
    }

    @Override
    public boolean accepts(Request request, Client client) {
        if (request.operation == Operation.SASL_AUTH || request.operation == Operation.SASL_STEP) {
            BinaryReply.error(client.output(), request, Status.UNKNOWN_COMMAND);
            return false;
        }
        var prefixes = loop.node().prefixCounts();
        if (prefixes != null) {
            prefixes.set(request.keyAddress, request.keyBytes);
        }
        if (engine.fits(request.keyBytes, request.valueBytes, request.clientFlags)) {
            return true;
        }
        engine.lines().client(client.id());
        engine.refuse(request, "too_large", replaces(request));
        BinaryReply.error(client.output(), request, Status.TOO_LARGE);
        return false;
    }

    private static boolean replaces(Request request) {
        return request.opcode == Opcode.SET || request.opcode == Opcode.SETQ;
    }

    @Override
    public void rejectValue(Request request, Rejection why, Client client) {
        engine.lines().client(client.id());
        loop.counters().storeNoMemory++;
        engine.refuse(request, "no_memory", replaces(request));
        BinaryReply.error(client.output(), request, Status.OUT_OF_MEMORY, NO_MEMORY_FOR_ITEM);
    }

    @Override
    public void execute(Request request, @Nullable Upload upload, Client client) {
        engine.lines().client(client.id());
        if (engine.lines().wants(Watchers.DIALOGUE)) {
            var dialogue = new Dialogue(client);
            Dialogue.askedInBinary(request, client);
            run(request, upload, client);
            dialogue.answeredInBinary();
        } else {
            run(request, upload, client);
        }
    }

    private void run(Request request, @Nullable Upload upload, Client client) {
        switch (request.operation) {
            case GET, GET_AND_TOUCH, TOUCH, SET, ADD, REPLACE, APPEND, PREPEND, CAS, DELETE,
                    INCREMENT, DECREMENT -> keyed(request, upload, client);
            case NOOP -> BinaryReply.empty(client.output(), request, 0);
            case QUIT -> quit(request, client);
            case FLUSH_ALL -> flush(request, client);
            case CONFIG -> config(request, client.output());
            case VERSION -> BinaryReply.text(client.output(), request, Status.OK,
                    loop.node().admin().version());
            case STATS -> stats(request, client);
            case MALFORMED -> hangUp(request, Status.UNKNOWN_COMMAND, client);
            case INVALID -> hangUp(request, Status.INVALID, client);
            default -> BinaryReply.error(client.output(), request, Status.UNKNOWN_COMMAND);
        }
    }

    private void keyed(Request request, @Nullable Upload upload, Client client) {
        var routing = loop.node().routing();
        int owner = routing.ownerOf(request.keyAddress, request.keyBytes, loop);
        if (owner != Routing.LOCAL) {
            routing.forward(owner, request, loop, client.suspend());
            return;
        }
        var output = client.output();
        switch (request.operation) {
            case GET, GET_AND_TOUCH, TOUCH -> reader.execute(request, output);
            case DELETE -> delete(request, output);
            case INCREMENT, DECREMENT -> arithmetic(request, output);
            default -> store(request, upload, output);
        }
    }

    private void store(Request request, @Nullable Upload upload, Output output) {
        var outcome = engine.store(request.operation, request, upload);
        if (outcome == Outcome.DONE) {
            if (!request.quiet) {
                BinaryReply.empty(output, request, engine.cas());
            }
        } else if (outcome == Outcome.OUT_OF_MEMORY) {
            if (request.opcode == Opcode.SET || request.opcode == Opcode.SETQ) {
                engine.drop(request);
            }
            BinaryReply.error(output, request, Status.OUT_OF_MEMORY, NO_MEMORY_FOR_ITEM);
        } else {
            BinaryReply.error(output, request, storeError(request.operation, outcome));
        }
    }

    private static Status storeError(Operation operation, Outcome outcome) {
        return switch (outcome) {
            case EXISTS -> Status.EXISTS;
            case NOT_FOUND -> Status.NOT_FOUND;
            default -> switch (operation) {
                case ADD -> Status.EXISTS;
                case REPLACE -> Status.NOT_FOUND;
                default -> Status.NOT_STORED;
            };
        };
    }

    private void delete(Request request, Output output) {
        var prefixes = loop.node().prefixCounts();
        if (prefixes != null) {
            prefixes.delete(request.keyAddress, request.keyBytes);
        }
        var outcome = engine.delete(request);
        if (outcome != Outcome.DONE) {
            BinaryReply.error(output, request,
                    outcome == Outcome.EXISTS ? Status.EXISTS : Status.NOT_FOUND);
        } else if (!request.quiet) {
            BinaryReply.empty(output, request, 0);
        }
    }

    private void arithmetic(Request request, Output output) {
        var arithmetic = engine.arithmetic();
        var outcome = arithmetic.apply(request, request.operation == Operation.INCREMENT,
                Arithmetic.KEEP, engine.expiry(request.vivifyExptime));
        switch (outcome) {
            case DONE -> {
                if (!request.quiet) {
                    BinaryReply.number(output, request, arithmetic.number(), arithmetic.cas());
                }
            }
            case EXISTS -> BinaryReply.error(output, request, Status.EXISTS);
            case NON_NUMERIC -> BinaryReply.error(output, request, Status.NOT_NUMERIC);
            case OUT_OF_MEMORY ->
                    BinaryReply.error(output, request, Status.OUT_OF_MEMORY, NO_MEMORY_FOR_NUMBER);
            case NOT_FOUND, NOT_STORED -> BinaryReply.error(output, request, Status.NOT_FOUND);
        }
    }

    private void flush(Request request, Client client) {
        if (!loop.node().config().limits().commands().flush()) {
            BinaryReply.error(client.output(), request, Status.NOT_AUTHENTICATED);
            return;
        }
        loop.counters().cmdFlush++;
        var node = loop.node();
        if (request.quiet || node.routing().members(loop).isEmpty()) {
            node.admin().flushAll(request.exptime, loop, () -> {});
            if (!request.quiet) {
                BinaryReply.empty(client.output(), request, 0);
            }
            return;
        }
        var slot = client.suspend();
        var reply = new Request();
        reply.opcode = request.opcode;
        reply.opaque = request.opaque;
        node.admin().flushAll(request.exptime, loop, () -> {
            BinaryReply.empty(slot.output(), reply, 0);
            slot.complete();
        });
    }

    private void config(Request request, Output output) {
        var members = loop.node().admin().members(loop);
        if (members.isEmpty()) {
            BinaryReply.error(output, request, Status.UNKNOWN_COMMAND);
        } else if (!Memory.latin1(request.keyAddress, request.keyBytes).equals("cluster")) {
            BinaryReply.error(output, request, Status.NOT_FOUND);
        } else {
            long at = output.ensure(BinaryReply.valueHeaderBytes(0));
            output.position(BinaryReply.valueHeader(at, request, 0, members.length(), 0, 0));
            output.text(members);
        }
    }

    private void stats(Request request, Client client) {
        var output = client.output();
        var name = Memory.latin1(request.keyAddress, request.keyBytes);
        boolean known = loop.node()
                .admin()
                .stats(name, loop,
                        (key, value) -> BinaryReply.statistic(output, request, key, value));
        if (known) {
            BinaryReply.empty(output, request, 0);
        } else {
            BinaryReply.error(output, request, Status.NOT_FOUND);
        }
    }

    private static void quit(Request request, Client client) {
        if (!request.quiet) {
            BinaryReply.empty(client.output(), request, 0);
        }
        client.closeAfterReplies();
    }

    private static void hangUp(Request request, Status status, Client client) {
        BinaryReply.error(client.output(), request, status);
        client.closeAfterReplies();
    }
}
