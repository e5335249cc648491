package io.ringtail.cluster.peer;

/**
 * Takes what becomes of one forwarded command: bytes in one or several pieces and then done, or a
 * failure. Called on the event loop that forwarded it.
 */
public interface ForwardReply {
    /** The next bytes of the owner's reply; valid until this returns. */
    void bytes(long address, int bytes);

    void done();

    /**
     * The other node did not execute the command, because the key is not its own; here it is again,
     * valid until this returns. Comes instead of {@link #done} and {@link #failed}.
     */
    default void moved(int form, long address, int bytes) {
        failed(Failure.NOT_OWNER);
    }

    /** There is no (further) reply. */
    void failed(Failure why);

    /**
     * UNREACHABLE: it may or may not have been executed. NOT_SENT: it was not executed.
     * NOT_OWNER: the other node did not execute it, because the key is not its own. TOO_LARGE: the
     * reply is. NO_ROOM: this node has no memory for the reply.
     */
    enum Failure {
        UNREACHABLE, NOT_SENT, NOT_OWNER, TOO_LARGE, NO_ROOM
    }
}
