package io.ringtail.server.session;

/** A connection that turned out to be another node's. Owner: the connection's event loop. */
public interface PeerConnection {
    /** Takes what the node sent; the memory is the caller's again when this returns. */
    void receive(long address, int bytes);

    /** Sends what the commands of this turn replied. */
    void flush();

    /** There is room for replies again. */
    void writable();

    /** The connection is gone. */
    void closed();
}
