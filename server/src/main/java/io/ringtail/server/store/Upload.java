package io.ringtail.server.store;

/** A large value that arrives in parts. */
public final class Upload implements AutoCloseable {
    public boolean append(long address, int bytes) {
        throw new UnsupportedOperationException();
    }

    public long remaining() {
        throw new UnsupportedOperationException();
    }

    public long valueBytes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
