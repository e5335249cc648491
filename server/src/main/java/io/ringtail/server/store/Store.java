package io.ringtail.server.store;

import org.jspecify.annotations.Nullable;

/** The store of one node. Thread-safe but for its readers and writers. */
public final class Store implements AutoCloseable {
    public static Store open(StoreConfig config) {
        throw new UnsupportedOperationException();
    }

    public long hash(long keyAddress, int keyBytes) {
        throw new UnsupportedOperationException();
    }

    public ItemView view() {
        throw new UnsupportedOperationException();
    }

    public Mutation mutation() {
        throw new UnsupportedOperationException();
    }

    public @Nullable Upload upload(long valueBytes) {
        throw new UnsupportedOperationException();
    }

    public int inlineLimit() {
        throw new UnsupportedOperationException();
    }

    public long maxItemBytes() {
        throw new UnsupportedOperationException();
    }

    public void tick(int now) {
        throw new UnsupportedOperationException();
    }

    public void maintain(int loop, int loops, int now) {
        throw new UnsupportedOperationException();
    }

    public void flush(int atSecond, int now) {
        throw new UnsupportedOperationException();
    }

    public boolean resize(long limitBytes) {
        throw new UnsupportedOperationException();
    }

    public long limitBytes() {
        throw new UnsupportedOperationException();
    }

    public StoreStatistics statistics(int now) {
        throw new UnsupportedOperationException();
    }

    public void resetStatistics() {
        throw new UnsupportedOperationException();
    }

    public void listener(@Nullable StoreListener listener) {
        throw new UnsupportedOperationException();
    }

    public Scan scan() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
