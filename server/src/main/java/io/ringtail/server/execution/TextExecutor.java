package io.ringtail.server.execution;

import io.ringtail.protocol.memory.Decimal;
import io.ringtail.protocol.memory.NativeText;
import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.text.TextErrors;
import io.ringtail.protocol.text.TextReplies;
import io.ringtail.server.store.Upload;
import org.jspecify.annotations.Nullable;

/** Executes the text protocol's commands and writes their replies. Owner: an event loop. */
public final class TextExecutor implements CommandExecutor {
    private static final int ALOUD = Watchers.RAWCMDS | Watchers.DIALOGUE;

    private final LoopContext loop;
    private final Engine engine;
    private final TextReader reader;
    private final MetaExecutor meta;
    private final TextLookahead lookahead;

    public TextExecutor(LoopContext loop) {
        this.loop = loop;
        this.engine = new Engine(loop);
        this.reader = new TextReader(loop, engine);
        this.meta = new MetaExecutor(loop, engine);
        this.lookahead = new TextLookahead(new KeyGroup(loop.store(), loop.view()));
    }

    @Override
    public long fetchAhead(long address, int bytes) {
        return lookahead.fetch(address, bytes);
    }

    @Override
    public int terminatorBytes() {
        return 2;
    }

    @Override
    public boolean accepts(Request request, Client client) {
        if (engine.lines().wants(ALOUD)) {
            engine.lines().raw(request, client);
        }
        boolean classic = request.operation != Operation.META_SET;
        if (classic) {
            var prefixes = loop.node().prefixCounts();
            if (prefixes != null) {
                prefixes.set(request.keyAddress, request.keyBytes);
            }
        }
        if (engine.fits(request.keyBytes, request.valueBytes, request.clientFlags)) {
            return true;
        }
        engine.lines().client(client.id());
        loop.counters().storeTooLarge++;
        engine.refuse(request, "too_large", replaces(request));
        if (!classic || !request.quiet) {
            error(client.output(), TextErrors.TOO_LARGE);
        }
        return false;
    }

    private static boolean replaces(Request request) {
        return request.operation == Operation.SET || request.operation == Operation.META_SET;
    }

    @Override
    public void execute(Request request, @Nullable Upload upload, Client client) {
        engine.lines().client(client.id());
        if (engine.lines().wants(ALOUD)) {
            executeAloud(request, upload, client);
        } else {
            run(request, upload, client);
        }
    }

    private void executeAloud(Request request, @Nullable Upload upload, Client client) {
        if (!request.operation.hasValue()) {
            engine.lines().raw(request, client);
        }
        var dialogue = engine.lines().wants(Watchers.DIALOGUE) ? new Dialogue(client) : null;
        run(request, upload, client);
        if (dialogue != null) {
            dialogue.answered();
        }
    }

    private void run(Request request, @Nullable Upload upload, Client client) {
        switch (request.operation) {
            case GET, GET_AND_TOUCH -> reader.get(request, client);
            case SET, ADD, REPLACE, APPEND, PREPEND, CAS, DELETE, TOUCH, INCREMENT, DECREMENT,
                    META_GET, META_SET, META_DELETE, META_ARITHMETIC, META_DEBUG ->
                    keyed(request, upload, client);
            case META_NOOP -> TextReplies.META_NOOP.writeTo(client.output());
            case MALFORMED -> malformed(request, client);
            case QUIT -> client.closeAfterReplies();
            default -> loop.node().admin().execute(request, loop, client);
        }
    }

    private void keyed(Request request, @Nullable Upload upload, Client client) {
        var routing = loop.node().routing();
        int owner = routing.ownerOf(request.keyAddress, request.keyBytes, loop);
        if (owner != Routing.LOCAL) {
            routing.forward(owner, request, loop, client.suspend());
            return;
        }
        switch (request.operation) {
            case DELETE -> delete(request, client);
            case TOUCH -> touch(request, client);
            case INCREMENT, DECREMENT -> arithmetic(request, client);
            case META_GET, META_SET, META_DELETE, META_ARITHMETIC, META_DEBUG ->
                    meta.execute(request, upload, client);
            default -> store(request, upload, client);
        }
    }

    private void store(Request request, @Nullable Upload upload, Client client) {
        var outcome = engine.store(request.operation, request, upload);
        if (outcome == Outcome.OUT_OF_MEMORY && request.operation == Operation.SET) {
            engine.drop(request);
        }
        if (request.quiet) {
            return;
        }
        if (outcome == Outcome.OUT_OF_MEMORY) {
            error(client.output(), TextErrors.NO_MEMORY_STORING);
        } else {
            reply(outcome, TextReplies.STORED, client.output());
        }
    }

    private void delete(Request request, Client client) {
        var prefixes = loop.node().prefixCounts();
        if (prefixes != null) {
            prefixes.delete(request.keyAddress, request.keyBytes);
        }
        var outcome = engine.delete(request);
        if (!request.quiet) {
            reply(outcome, TextReplies.DELETED, client.output());
        }
    }

    private void touch(Request request, Client client) {
        var outcome = engine.touch(request);
        if (!request.quiet) {
            reply(outcome, TextReplies.TOUCHED, client.output());
        }
    }

    private void arithmetic(Request request, Client client) {
        var arithmetic = engine.arithmetic();
        var outcome = arithmetic.apply(request, request.operation == Operation.INCREMENT,
                Arithmetic.KEEP, 0);
        if (request.quiet) {
            return;
        }
        var output = client.output();
        if (outcome == Outcome.DONE) {
            output.ensure(Decimal.MAX_DIGITS);
            output.writeDecimal(arithmetic.number());
            TextReplies.LINE_END.writeTo(output);
        } else {
            reply(outcome, TextReplies.STORED, output);
        }
    }

    private static void reply(Outcome outcome, NativeText done, Output output) {
        switch (outcome) {
            case DONE -> done.writeTo(output);
            case NOT_STORED -> TextReplies.NOT_STORED.writeTo(output);
            case EXISTS -> TextReplies.EXISTS.writeTo(output);
            case NOT_FOUND -> TextReplies.NOT_FOUND.writeTo(output);
            case NON_NUMERIC -> error(output, TextErrors.NON_NUMERIC);
            case OUT_OF_MEMORY -> error(output, TextErrors.OUT_OF_MEMORY);
        }
    }

    private static void malformed(Request request, Client client) {
        if (!request.quiet) {
            error(client.output(), request.error);
        }
        if (request.closes) {
            client.closeAfterReplies();
        }
    }

    @Override
    public void rejectValue(Request request, Rejection why, Client client) {
        engine.lines().client(client.id());
        boolean classic = request.operation != Operation.META_SET;
        if (why == Rejection.BAD_TERMINATOR) {
            engine.countSet(request);
            engine.countRefused(request);
        } else {
            loop.counters().storeNoMemory++;
            engine.refuse(request, "no_memory", replaces(request));
        }
        if (!classic || !request.quiet) {
            error(client.output(), why == Rejection.BAD_TERMINATOR ? TextErrors.BAD_DATA
                    : TextErrors.NO_MEMORY_STORING);
        }
    }

    /** Writes an error line. */
    static void error(Output output, String error) {
        output.text(error);
        TextReplies.LINE_END.writeTo(output);
    }
}
