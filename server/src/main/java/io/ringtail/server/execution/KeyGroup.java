package io.ringtail.server.execution;

import io.ringtail.protocol.text.Scan;
import io.ringtail.server.store.ItemView;
import io.ringtail.server.store.Store;

/**
 * The next keys that are looked up, of a get of many or of pipelined commands: hashed together, and
 * their index lines and items fetched together, so that the waits for memory of the group overlap,
 * where one lookup after the other would wait for each alone. Nothing is decided by what is
 * fetched: it is only near when it is looked up.
 *
 * <p>Hot path: arrays instead of objects. Owner: an event loop.
 */
final class KeyGroup {
    static final int MAX_KEYS = 32;

    private final Store store;
    private final ItemView view;
    private final long[] addresses = new long[MAX_KEYS];
    private final int[] lengths = new int[MAX_KEYS];
    private final long[] hashes = new long[MAX_KEYS];
    private int count;
    private long next;
    /** Somebody has to use what is read. */
    @SuppressWarnings("UnusedVariable") private long seen;

    KeyGroup(Store store, ItemView view) {
        this.store = store;
        this.view = view;
    }

    /** Takes the keys between spaces from {@code from} on, and says how many. */
    int take(long from, long end) {
        clear();
        long at = Scan.skipSpaces(from, end);
        while (at < end && !isFull()) {
            long keyEnd = Scan.space(at, end);
            add(at, (int) (keyEnd - at));
            at = Scan.skipSpaces(keyEnd, end);
        }
        next = at;
        fetch();
        return count;
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    boolean isFull() {
        return count == MAX_KEYS;
    }

    void add(long address, int bytes) {
        addresses[count] = address;
        lengths[count] = bytes;
        hashes[count] = store.hash(address, bytes);
        count++;
    }

    /** Fetches what the keys' lookups will read; a single key has nothing to wait for beside it. */
    void fetch() {
        if (count < 2) {
            return;
        }
        long read = 0;
        for (int i = 0; i < count; i++) {
            read ^= view.touchIndex(hashes[i]);
        }
        for (int i = 0; i < count; i++) {
            read ^= view.touchItem(hashes[i]);
        }
        seen = read;
    }

    long address(int index) {
        return addresses[index];
    }

    int bytes(int index) {
        return lengths[index];
    }

    long hash(int index) {
        return hashes[index];
    }

    /** Where the key behind the group starts, or the keys end. */
    long next() {
        return next;
    }
}
