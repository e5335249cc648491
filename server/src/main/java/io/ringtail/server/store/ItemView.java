package io.ringtail.server.store;

/** A lock-free reader. Owner: an event loop. */
public final class ItemView extends ItemFields {
    public boolean find(long hash, long keyAddress, int keyBytes, int now) {
        throw new UnsupportedOperationException();
    }

    public boolean isConsistent() {
        throw new UnsupportedOperationException();
    }

    public void markRead(int now) {
        throw new UnsupportedOperationException();
    }
}
