package io.ringtail.server.stats;

import io.ringtail.metrics.counters.LoopCounters;
import io.ringtail.server.execution.NodeServices;

/**
 * What the event loops and the listeners counted since the last {@code stats reset}. A reset only
 * remembers what was counted before: the counters themselves belong to their loops and go on.
 * Thread-safe.
 */
final class Totals {
    private final NodeServices node;
    private volatile Before before = new Before(new LoopCounters(), Accepted.NONE);

    private record Before(LoopCounters loops, Accepted accepted) {}

    /** Connections over time; {@code listenDisabledMicros} in microseconds. */
    record Accepted(long total, long rejected, long listenDisabled, long listenDisabledMicros) {
        static final Accepted NONE = new Accepted(0, 0, 0, 0);

        Accepted since(Accepted earlier) {
            return new Accepted(total - earlier.total, rejected - earlier.rejected,
                    listenDisabled - earlier.listenDisabled,
                    listenDisabledMicros - earlier.listenDisabledMicros);
        }
    }

    Totals(NodeServices node) {
        this.node = node;
    }

    LoopCounters loops() {
        var sum = allLoops();
        sum.add(before.loops, -1);
        return sum;
    }

    Accepted accepted() {
        return allAccepted().since(before.accepted);
    }

    void reset() {
        var counted = allLoops();
        counted.clearGauges();
        before = new Before(counted, allAccepted());
    }

    /** Since the start, whatever was reset. */
    LoopCounters allLoops() {
        var sum = new LoopCounters();
        node.loops().forEach(loop -> sum.add(loop.counters(), 1));
        return sum;
    }

    private Accepted allAccepted() {
        var connections = node.connections();
        return new Accepted(connections.total(), connections.rejected(),
                connections.listenDisabled(), connections.listenDisabledMicros());
    }
}
