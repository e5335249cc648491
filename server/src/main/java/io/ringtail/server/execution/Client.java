package io.ringtail.server.execution;

/** What execution knows of the connection that a command came from. Owner: its event loop. */
public interface Client extends Replies {
    /**
     * Number of the connection, never reused while the node runs; reported as its descriptor in
     * stats conns.
     */
    long id();

    /**
     * Where the client is, as memcached spells it: {@code tcp:127.0.0.1:34567}, {@code unix:/path}.
     */
    String remoteAddress();

    boolean authenticated();

    void authenticated(boolean authenticated);

    /** Whether a SASL exchange was begun that waits for the client's next step. */
    boolean authenticating();

    void authenticating(boolean authenticating);

    /** Whether bytes behind the current command have arrived already. */
    boolean hasMoreInput();

    /**
     * Whether enough replies wait already: a command with many keys then stops between two of them,
     * and the rest of its line is executed later.
     */
    default boolean isFull() {
        return false;
    }

    /** Whether replies of earlier commands are still held back or unsent. */
    boolean hasPendingReplies();

    /**
     * Turns the connection into a one-way stream: commands are no longer read but for the end of
     * the connection, and {@code feed} is asked for lines whenever there is room.
     */
    void streamTo(Feed feed);

    /** What a watcher or a dump sends. Called on the connection's event loop. */
    interface Feed {
        /** Writes what there is, at most some 32 KiB; returns what to do next. */
        Next fill(Client client);

        /** The connection is gone. */
        void closed();

        /**
         * MORE: call again when there is room; WAIT: call again after a wake-up ({@link
         * Client#wake}); DONE: commands again.
         */
        enum Next {
            MORE, WAIT, DONE
        }
    }

    /** Asks for {@link Feed#fill} to be called soon; from any thread. */
    void wake();
}
