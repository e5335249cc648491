package io.ringtail.server.session;

/**
 * A stretch of a connection's replies that waits for its turn. Owner: the connection's event loop.
 */
sealed interface Part permits HeldPart, StreamPart, SlotPart {
    /** Hands what is there to the transport; true when the part has left completely. */
    boolean drain(Transport transport);

    /** Releases what never left; the connection is gone. */
    void discard();
}
