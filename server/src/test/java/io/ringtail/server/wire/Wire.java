package io.ringtail.server.wire;

/** One connection to whatever executes commands: a socket, or a session in memory. */
interface Wire extends AutoCloseable {
    /** Sends in parts that end at {@code cuts} (ascending). */
    void send(byte[] bytes, int... cuts);

    /** How many bytes of replies have come since the start. */
    int receivedBytes();

    /** The replies from position {@code from} on. */
    byte[] received(int from);

    /**
     * Waits until the replies, from {@code from} on, end with {@code suffix}; false where they do
     * not.
     */
    boolean awaitSuffix(int from, byte[] suffix, long millis);

    /** Waits until the other side has closed the connection; false where it did not. */
    boolean awaitClose();

    @Override
    void close();
}
