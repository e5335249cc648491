package io.ringtail.server.store;

/** A writer; between begin and end the shard of its key is locked. Owner: an event loop. */
public final class Mutation extends ItemFields {
    public void begin(long hash, long keyAddress, int keyBytes, int now) {
        throw new UnsupportedOperationException();
    }

    public boolean exists() {
        throw new UnsupportedOperationException();
    }

    public long allocate(int valueBytes, int clientFlags, int exptime) {
        throw new UnsupportedOperationException();
    }

    public boolean attach(Upload upload, int clientFlags, int exptime) {
        throw new UnsupportedOperationException();
    }

    public void binaryKey(boolean set) {
        throw new UnsupportedOperationException();
    }

    public void stale(boolean set) {
        throw new UnsupportedOperationException();
    }

    public void winSent(boolean set) {
        throw new UnsupportedOperationException();
    }

    public long commit(long explicitCas) {
        throw new UnsupportedOperationException();
    }

    public boolean exptime(int exptime) {
        throw new UnsupportedOperationException();
    }

    public void cas(long cas) {
        throw new UnsupportedOperationException();
    }

    public void markRead() {
        throw new UnsupportedOperationException();
    }

    public void remove() {
        throw new UnsupportedOperationException();
    }

    public void end() {
        throw new UnsupportedOperationException();
    }
}
