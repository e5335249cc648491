package io.ringtail.server.session;

/** How many bytes of replies wait in memory. Owner: the connection's event loop. */
final class HeldBytes {
    private long bytes;

    void add(long more) {
        bytes += more;
    }

    long bytes() {
        return bytes;
    }
}
