package io.ringtail.loadgen.pool;

import java.util.concurrent.atomic.LongAdder;

/** The connections to one server, of all loops together. Thread-safe. */
public final class PoolCounts {
    private final LongAdder total = new LongAdder();
    private final LongAdder idle = new LongAdder();
    private final LongAdder created = new LongAdder();
    private final LongAdder acquireErrors = new LongAdder();

    void dialing() {
        total.increment();
    }

    void created() {
        created.increment();
    }

    void gone() {
        total.decrement();
    }

    void idle(int more) {
        idle.add(more);
    }

    void failedToAcquire() {
        acquireErrors.increment();
    }

    public long total() {
        return total.sum();
    }

    public long idle() {
        return idle.sum();
    }

    public long active() {
        return Math.max(0, total() - idle());
    }

    public long createdTotal() {
        return created.sum();
    }

    public long acquireErrorsTotal() {
        return acquireErrors.sum();
    }
}
