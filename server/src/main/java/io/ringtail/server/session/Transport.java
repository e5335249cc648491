package io.ringtail.server.session;

import io.netty.buffer.ByteBuf;

/** The way out of a session. Called on the connection's event loop only. */
public interface Transport {
    /** Queues {@code bytes} to be sent and releases them in the end. */
    void write(ByteBuf bytes);

    /** Sends what was queued, as far as the client takes it now. */
    void flush();

    /** Whether what was queued stays below the limit of what may wait for a slow client. */
    boolean isWritable();

    /** Whether anything that was queued has not been sent. */
    boolean hasUnsent();

    /** Reads from the client, or leaves its bytes in the kernel. */
    void reading(boolean reading);

    /** Closes the connection after what was queued has been sent. */
    void close();

    /** Runs {@code task} on the connection's event loop soon; from any thread. */
    void execute(Runnable task);
}
