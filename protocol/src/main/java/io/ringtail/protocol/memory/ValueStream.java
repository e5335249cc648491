package io.ringtail.protocol.memory;

/**
 * A value too large to copy into the reply in one piece: its parts in order, each readable until
 * {@link #close()}. Owner: the event loop that asked for it.
 */
public interface ValueStream extends AutoCloseable {
    /** Bytes that have not been passed by {@link #advance} yet. */
    long remaining();

    /** Where the current part starts; valid while {@link #remaining()} is above zero. */
    long partAddress();

    /** Contiguous bytes at {@link #partAddress()}. */
    int partBytes();

    /** Passes {@code bytes} bytes, at most {@link #partBytes()}. */
    void advance(int bytes);

    /**
     * Lets the value's memory be reclaimed; to be called exactly once, also when the connection
     * dies.
     */
    @Override
    void close();
}
