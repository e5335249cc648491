package io.ringtail.loadgen.workload;

/** A stream of steps. Owner: one thread. */
public interface Workload {
    /** Fills in the next step; false where the workload has ended, as traces do. */
    boolean next(Step step);
}
