package io.ringtail.server.execution;

import io.ringtail.metrics.counters.SizeClassCounters;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.side.SideFrame;
import io.ringtail.protocol.side.SideFrame.Op;
import io.ringtail.protocol.side.SideFrame.Reply;
import io.ringtail.protocol.side.SideFrame.Status;
import io.ringtail.server.store.ItemView;
import io.ringtail.server.store.Upload;
import org.jspecify.annotations.Nullable;

/** Executes the commands of the HTTP side port. Owner: an event loop. */
public final class SideExecutor implements CommandExecutor {
    private static final int NO_TTL = -1;

    private final LoopContext loop;
    private final Engine engine;

    public SideExecutor(LoopContext loop) {
        this.loop = loop;
        this.engine = new Engine(loop);
    }

    @Override
    public int terminatorBytes() {
        return 0;
    }

    @Override
    public boolean accepts(Request request, Client client) {
        var prefixes = loop.node().prefixCounts();
        if (prefixes != null) {
            prefixes.set(request.keyAddress, request.keyBytes);
        }
        if (engine.fits(request.keyBytes, request.valueBytes, request.clientFlags)) {
            return true;
        }
        engine.lines().client(client.id());
        loop.counters().storeTooLarge++;
        engine.refuse(request, "too_large", request.operation == Operation.SET);
        reply(client.output(), Status.TOO_LARGE, 0);
        return false;
    }

    @Override
    public void rejectValue(Request request, Rejection why, Client client) {
        engine.lines().client(client.id());
        loop.counters().storeNoMemory++;
        engine.refuse(request, "no_memory", request.operation == Operation.SET);
        reply(client.output(), Status.OUT_OF_MEMORY, 0);
    }

    @Override
    public void execute(Request request, @Nullable Upload upload, Client client) {
        engine.lines().client(client.id());
        var routing = loop.node().routing();
        int owner = routing.ownerOf(request.keyAddress, request.keyBytes, loop);
        if (owner != Routing.LOCAL) {
            routing.forward(owner, request, loop, client.suspend());
            return;
        }
        switch (request.operation) {
            case GET -> get(request, client.output());
            case DELETE -> delete(request, client.output());
            default -> store(request, upload, client.output());
        }
    }

    private void get(Request request, Output output) {
        var view = loop.view();
        loop.hotKeys().read(request.keyAddress, request.keyBytes);
        boolean hit = write(request, output);
        if (hit) {
            view.markRead(loop.now());
            engine.count(view, SizeClassCounters.GET_HITS);
        } else {
            loop.counters().getMisses++;
            engine.countLost(view.missReason());
            reply(output, Status.NOT_FOUND, 0);
        }
        if (engine.lines().wants(Watchers.FETCHERS)) {
            engine.lines().fetched(request.keyAddress, request.keyBytes, view, hit);
        }
        var prefixes = loop.node().prefixCounts();
        if (prefixes != null) {
            prefixes.get(request.keyAddress, request.keyBytes, hit);
        }
    }

    /** Writes the item, if there is one. */
    private boolean write(Request request, Output output) {
        var view = loop.view();
        long hash = loop.store().hash(request.keyAddress, request.keyBytes);
        while (view.find(hash, request.keyAddress, request.keyBytes, loop.now())) {
            boolean known = request.hasCas && request.cas == view.cas();
            boolean bare = known || request.opcode == Op.HEAD.ordinal();
            boolean inline = !bare && !view.chained();
            int bytes = inline ? (int) view.valueBytes() : 0;
            long at = output.ensure(SideFrame.HEADER_BYTES + SideFrame.MAX_ATTRIBUTE_BYTES + bytes);
            at = header(at, view, known ? Status.NOT_MODIFIED : Status.OK);
            if (inline) {
                Memory.copy(view.inlineAddress(), at, bytes);
            }
            if (bare || inline) {
                if (view.isConsistent()) {
                    output.position(at + bytes);
                    return true;
                }
                continue;
            }
            var stream = view.pin();
            if (stream != null) {
                output.position(at);
                output.stream(stream);
                return true;
            }
        }
        return false;
    }

    private long header(long start, ItemView item, Status status) {
        int attribute = Math.min(item.attributeBytes(), SideFrame.MAX_ATTRIBUTE_BYTES);
        int exptime = item.exptime();
        SideFrame.write(start, new Reply(status, attribute,
                exptime == 0 ? NO_TTL : exptime - loop.now(), item.cas(), item.valueBytes()));
        if (attribute > 0) {
            Memory.copy(item.attributeAddress(), start + SideFrame.HEADER_BYTES, attribute);
        }
        return start + SideFrame.HEADER_BYTES + attribute;
    }

    private void store(Request request, @Nullable Upload upload, Output output) {
        var outcome = engine.store(request.operation, request, upload);
        if (outcome == Outcome.OUT_OF_MEMORY && request.operation == Operation.SET) {
            engine.drop(request);
        }
        reply(output, status(outcome), engine.cas());
    }

    private void delete(Request request, Output output) {
        var prefixes = loop.node().prefixCounts();
        if (prefixes != null) {
            prefixes.delete(request.keyAddress, request.keyBytes);
        }
        reply(output, status(engine.delete(request)), 0);
    }

    private static Status status(Outcome outcome) {
        return switch (outcome) {
            case DONE -> Status.OK;
            case NOT_FOUND -> Status.NOT_FOUND;
            case NOT_STORED, NON_NUMERIC -> Status.NOT_STORED;
            case EXISTS -> Status.EXISTS;
            case OUT_OF_MEMORY -> Status.OUT_OF_MEMORY;
        };
    }

    /** A reply without an item. */
    static void reply(Output output, Status status, long cas) {
        long at = output.ensure(SideFrame.HEADER_BYTES);
        SideFrame.write(at, new Reply(status, 0, NO_TTL, cas, 0));
        output.position(at + SideFrame.HEADER_BYTES);
    }
}
