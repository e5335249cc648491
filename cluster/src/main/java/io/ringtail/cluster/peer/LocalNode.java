package io.ringtail.cluster.peer;

import io.ringtail.protocol.memory.Output;

/**
 * The node itself, as far as the cluster needs it: executes a command that another node forwarded.
 * Called on the event loop of the connection it came by.
 */
public interface LocalNode {
    /** Digest of the ring that this event loop goes by now. */
    long epoch();

    /**
     * Executes one complete command and writes its reply; a command without a key, or anything that
     * is not exactly one command, is a violation.
     *
     * @param form one of {@link io.ringtail.protocol.peer.ForwardEntry}'s forms
     * @param sameRing whether the sender goes by this node's ring; otherwise the node checks that
     *     the key is its own
     */
    Outcome execute(int form, boolean sameRing, long address, int bytes, Output output);

    /** What became of the command; only where it is DONE does the output matter. */
    enum Outcome {
        DONE, NOT_OWNER, VIOLATION
    }
}
