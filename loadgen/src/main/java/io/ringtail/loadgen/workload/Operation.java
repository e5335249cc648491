package io.ringtail.loadgen.workload;

/** What a step does to its key. */
public enum Operation {
    /** A look-up; who misses stores the step's value with the step's time to live. */
    READ,
    /** A look-up; of all who miss at once, only one stores the value. */
    LEASED_READ,
    /** The value changed: it is stored without a look-up. */
    WRITE,
    /** The value is no longer true. */
    DELETE,
    /** The key's counter goes up by one. */
    INCREMENT,
    /** The value gets a new time to live. */
    TOUCH
}
