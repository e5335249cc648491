package io.ringtail.loadgen.workload;

/** What a step does to its key. */
public enum Operation {
    /** A look-up; who misses stores the step's value with the step's time to live. */
    READ,
    /** The value changed: it is stored without a look-up. */
    WRITE,
    /** The value is no longer true. */
    DELETE
}
