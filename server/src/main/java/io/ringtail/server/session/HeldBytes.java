package io.ringtail.server.session;

import io.ringtail.metrics.counters.LoopCounters;

/** How many bytes of replies wait in memory. Owner: the connection's event loop. */
final class HeldBytes {
    private final LoopCounters counters;
    private long bytes;

    HeldBytes(LoopCounters counters) {
        this.counters = counters;
    }

    void add(long more) {
        bytes += more;
        counters.responseObjCount++;
        counters.responseObjBytes += more;
    }

    void remove(long gone) {
        bytes -= gone;
        counters.responseObjCount--;
        counters.responseObjBytes -= gone;
    }

    long bytes() {
        return bytes;
    }
}
