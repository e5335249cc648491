package io.ringtail.cluster.peer;

/** What a link needs of its event loop. */
public interface LinkDriver {
    /**
     * Opens a connection to the link's peer and calls {@link PeerLink#connected} or {@link
     * PeerLink#disconnected} later.
     */
    void dial(PeerLink link);

    /** Runs {@code task} when all connections that are ready now have been served. */
    void atEndOfTurn(Runnable task);

    /** Digest of the ring that the event loop's commands go by. */
    long epoch();

    /** A clock that only goes forward. */
    long nanoTime();
}
