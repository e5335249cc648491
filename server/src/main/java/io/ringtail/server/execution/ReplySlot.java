package io.ringtail.server.execution;

import io.ringtail.protocol.memory.Output;

/**
 * The reserved place of one reply. It is filled on the event loop of its connection, in one go or
 * piece by piece, and completed exactly once; a slot whose connection is gone swallows what it
 * gets.
 */
public interface ReplySlot {
    /** Where the reply's bytes go; writes are held back until the replies before are complete. */
    Output output();

    void complete();
}
