package io.ringtail.server.wire;

/** A server under test that listens on loopback. */
public interface WireServer extends AutoCloseable {
    /** What to call it in the report of a difference. */
    String name();

    int port();

    @Override
    void close();

    default WireConnection connect() {
        return new WireConnection(port());
    }

    /** A connection for what the test itself wants: to forget everything, to see a CAS unique. */
    default WireConnection control() {
        return connect();
    }
}
