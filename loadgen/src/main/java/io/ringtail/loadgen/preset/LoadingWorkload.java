package io.ringtail.loadgen.preset;

import io.ringtail.loadgen.workload.Operation;
import io.ringtail.loadgen.workload.Step;
import io.ringtail.loadgen.workload.Workload;

/** Stores each key once, or one of several parts of them. Owner: one thread. */
public final class LoadingWorkload implements Workload {
    private final KeySpace space;
    private final int parts;
    private long next;

    public LoadingWorkload(KeySpace space, int part, int parts) {
        this.space = space;
        this.parts = parts;
        this.next = part;
    }

    @Override
    public boolean next(Step step) {
        if (next >= space.keys()) {
            return false;
        }
        step.set(Operation.WRITE, next, space.keyBytes());
        step.setValue(space.sizes().bytes(Bits.mix(next)), space.ttlSeconds());
        next += parts;
        return true;
    }
}
