package io.ringtail.server.execution;

import io.ringtail.protocol.memory.Output;

/**
 * The replies of one connection, in the order of its commands. Owner: the connection's event loop.
 */
public interface Replies {
    /**
     * Where the reply of the command that is executed now goes. To be asked anew for each command.
     */
    Output output();

    /**
     * Reserves the place of a reply that comes later; what is written afterwards is sent after it.
     */
    ReplySlot suspend();

    /** Closes the connection once everything that was written so far has been sent. */
    void closeAfterReplies();
}
