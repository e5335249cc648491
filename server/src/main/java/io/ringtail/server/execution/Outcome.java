package io.ringtail.server.execution;

/** How a keyed command ended, in no protocol's words. */
enum Outcome {
    /** Stored, deleted, touched or counted, as asked. */
    DONE,
    /** The condition of add, replace, append or prepend was not met. */
    NOT_STORED,
    /** The CAS unique differs. */
    EXISTS, NOT_FOUND,
    /** The value to count is no unsigned 64-bit decimal. */
    NON_NUMERIC, OUT_OF_MEMORY
}
