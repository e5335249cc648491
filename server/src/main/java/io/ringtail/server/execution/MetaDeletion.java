package io.ringtail.server.execution;

import io.ringtail.metrics.counters.SizeClassCounters;
import io.ringtail.protocol.request.Request;
import io.ringtail.server.store.Mutation;

/**
 * md: removes the item, or marks it as stale (I), or takes its value away (x). Owner: its event
 * loop.
 */
final class MetaDeletion {
    private final LoopContext loop;
    private final Engine engine;
    private final Mutation mutation;

    MetaDeletion(LoopContext loop, Engine engine) {
        this.loop = loop;
        this.engine = engine;
        this.mutation = loop.mutation();
    }

    Outcome apply(Request request) {
        engine.begin(request);
        try {
            if (!mutation.exists()) {
                loop.counters().deleteMisses++;
                return Outcome.NOT_FOUND;
            }
            if (request.hasCas && request.cas != mutation.cas()) {
                loop.counters().deleteMisses++;
                return Outcome.EXISTS;
            }
            boolean invalidates = request.hasMetaFlag('I');
            if (!invalidates) {
                count(request);
            }
            if (request.hasMetaFlag('x')) {
                return empty(request, invalidates);
            }
            return invalidates ? invalidate(request) : remove();
        } finally {
            mutation.end();
        }
    }

    private void count(Request request) {
        engine.count(mutation, SizeClassCounters.DELETE_HITS);
        if (engine.lines().wants(Watchers.DELETIONS)) {
            engine.lines().deleted(request, mutation, "md");
        }
    }

    private Outcome remove() {
        mutation.remove();
        return Outcome.DONE;
    }

    /** Leaves the item without its value, for T seconds. */
    private Outcome empty(Request request, boolean invalidates) {
        long cas =
                request.hasMetaFlag('E') ? request.explicitCas : invalidates ? 0 : mutation.cas();
        if (mutation.allocate(0, request.clientFlags, engine.expiry(request.exptime)) == 0) {
            return Outcome.OUT_OF_MEMORY;
        }
        if (invalidates) {
            mutation.stale(true);
        }
        mutation.commit(cas);
        return Outcome.DONE;
    }

    /** Leaves the item as it is, but stale: the next client that reads it wins. */
    private Outcome invalidate(Request request) {
        if (request.hasMetaFlag('T') && !mutation.exptime(engine.expiry(request.exptime))) {
            return Outcome.OUT_OF_MEMORY;
        }
        mutation.stale(true);
        mutation.winSent(false);
        mutation.cas(Engine.newCas(request));
        return Outcome.DONE;
    }
}
