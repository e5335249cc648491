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

    /** Forgets what was written; false where some of it has left already. */
    boolean takeBack();

    /**
     * Completes a reply that was cut off and cannot be taken back. The client could not tell what
     * comes behind it from the rest, so the connection closes.
     */
    void abandon();

    /** Whether a long reply may be held back; false while clients hold all there is for them. */
    default boolean hasRoom() {
        return true;
    }
}
