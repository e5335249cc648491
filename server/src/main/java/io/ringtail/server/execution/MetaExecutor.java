package io.ringtail.server.execution;

import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.text.TextErrors;
import io.ringtail.server.store.Upload;
import org.jspecify.annotations.Nullable;

/** ms, md, ma and me; mg is {@link MetaReader}'s. Owner: its event loop. */
final class MetaExecutor {
    private final LoopContext loop;
    private final Engine engine;
    private final MetaReader reader;
    private final MetaReply reply;
    private final MetaDeletion deletion;

    MetaExecutor(LoopContext loop, Engine engine) {
        this.loop = loop;
        this.engine = engine;
        this.reply = new MetaReply();
        this.reader = new MetaReader(loop, engine, reply);
        this.deletion = new MetaDeletion(loop, engine);
    }

    void execute(Request request, @Nullable Upload upload, Client client) {
        var output = client.output();
        switch (request.operation) {
            case META_GET -> reader.get(request, output);
            case META_SET -> set(request, upload, output);
            case META_DELETE -> delete(request, output);
            case META_ARITHMETIC -> arithmetic(request, output);
            default -> debug(request, output);
        }
    }

    private void set(Request request, @Nullable Upload upload, Output output) {
        var outcome = engine.store(mode(request), request, upload);
        if (outcome == Outcome.OUT_OF_MEMORY) {
            engine.drop(request);
            TextExecutor.error(output, TextErrors.NO_MEMORY_STORING);
            return;
        }
        if (outcome == Outcome.DONE && request.hasMetaFlag('q')) {
            return;
        }
        reply.begin(output, outcome);
        reply.stored(request, engine.cas(), engine.valueBytes());
        reply.end(output);
    }

    static Operation mode(Request request) {
        return switch (request.metaMode) {
            case 'E' -> Operation.ADD;
            case 'A' -> Operation.APPEND;
            case 'P' -> Operation.PREPEND;
            case 'R' -> request.hasCas ? Operation.CAS : Operation.REPLACE;
            default -> request.hasCas ? Operation.CAS : Operation.SET;
        };
    }

    private void delete(Request request, Output output) {
        var outcome = deletion.apply(request);
        if (outcome == Outcome.DONE && request.hasMetaFlag('q')) {
            return;
        }
        if (outcome == Outcome.OUT_OF_MEMORY) {
            TextExecutor.error(output, TextErrors.OUT_OF_MEMORY);
            return;
        }
        reply.begin(output, outcome);
        reply.echo(request);
        reply.end(output);
    }

    private void arithmetic(Request request, Output output) {
        boolean decrement = request.metaMode == 'D' || request.metaMode == '-';
        reply.times(request, engine);
        int exptime = request.hasMetaFlag('T') ? reply.touchExptime() : Arithmetic.KEEP;
        int created = request.vivifies ? reply.createdExptime(request) : 0;
        var arithmetic = engine.arithmetic();
        var outcome = arithmetic.apply(request, !decrement, exptime, created);
        switch (outcome) {
            case DONE -> {
                if (!request.hasMetaFlag('q') || arithmetic.created()) {
                    reply.counted(output, request, arithmetic, loop.now());
                }
            }
            case NON_NUMERIC -> TextExecutor.error(output, TextErrors.NON_NUMERIC);
            case OUT_OF_MEMORY -> TextExecutor.error(output,
                    request.vivifies ? TextErrors.NO_MEMORY_CREATING : TextErrors.OUT_OF_MEMORY);
            default -> {
                reply.begin(output, outcome);
                reply.echo(request);
                reply.end(output);
            }
        }
    }

    private void debug(Request request, Output output) {
        loop.counters().cmdMeta++;
        reader.debug(request, output);
    }
}
