package io.ringtail.cluster.peer;

import io.netty.buffer.ByteBuf;

/** The way out to another node. Called on its event loop only. */
public interface Wire {
    /** Queues {@code bytes} to be sent and releases them in the end. */
    void write(ByteBuf bytes);

    /** Sends what was queued, as far as the other node takes it now. */
    void flush();

    /** Whether what was queued stays below the limit of what may wait for a slow node. */
    boolean isWritable();

    /** Reads from the other node, or leaves its bytes in the kernel. */
    void reading(boolean reading);

    /**
     * Closes the connection. Where the other node opened it, what was queued is sent before; where
     * this node did, it is given up, because the other side may have stopped reading.
     */
    void close();
}
