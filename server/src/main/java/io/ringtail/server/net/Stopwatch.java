package io.ringtail.server.net;

import io.ringtail.metrics.counters.DurationCounters;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.server.execution.CommandFamily;
import io.ringtail.server.execution.LoopContext;
import io.ringtail.server.session.Session;

/**
 * Times a sample of the requests of one event loop, from the bytes' arrival to the replies'
 * leaving. Hot path, see CountingBenchmark. Owner: that event loop.
 */
final class Stopwatch {
    private final DurationCounters durations;
    private final Request request;

    Stopwatch(LoopContext loop) {
        this.durations = loop.counters().durations;
        this.request = loop.request();
    }

    /** A connection's bytes are about to be executed. */
    void arrived() {
        if (durations.isDue()) {
            request.operation = Operation.MALFORMED;
            durations.start(System.nanoTime());
        }
    }

    /** The replies to them were flushed, as far as there are any yet. */
    void left(Session session) {
        if (durations.isStarted()) {
            if (request.operation == Operation.MALFORMED || !session.isSettled()) {
                durations.cancel();
            } else {
                durations.finish(System.nanoTime(), CommandFamily.of(request.operation));
            }
        }
    }
}
