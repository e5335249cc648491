package io.ringtail.server.store;

/** What an item holds beside its value. */
public abstract class ItemFields {
    public MissReason missReason() {
        throw new UnsupportedOperationException();
    }

    public long keyAddress() {
        throw new UnsupportedOperationException();
    }

    public int keyBytes() {
        throw new UnsupportedOperationException();
    }

    public long valueBytes() {
        throw new UnsupportedOperationException();
    }

    public int clientFlags() {
        throw new UnsupportedOperationException();
    }

    public long cas() {
        throw new UnsupportedOperationException();
    }

    public int exptime() {
        throw new UnsupportedOperationException();
    }

    public int lastAccess() {
        throw new UnsupportedOperationException();
    }

    public boolean fetched() {
        throw new UnsupportedOperationException();
    }

    public boolean stale() {
        throw new UnsupportedOperationException();
    }

    public boolean winSent() {
        throw new UnsupportedOperationException();
    }

    public boolean binaryKey() {
        throw new UnsupportedOperationException();
    }

    public int sizeClass() {
        throw new UnsupportedOperationException();
    }

    /** Size as memcached counts an item. */
    public int itemBytes() {
        throw new UnsupportedOperationException();
    }

    public boolean chained() {
        throw new UnsupportedOperationException();
    }

    public long inlineAddress() {
        throw new UnsupportedOperationException();
    }

    public io.ringtail.protocol.memory.@org.jspecify.annotations.Nullable ValueStream pin() {
        throw new UnsupportedOperationException();
    }
}
