package io.ringtail.server.execution;

import io.ringtail.protocol.text.Scan;
import io.ringtail.server.store.ItemView;
import io.ringtail.server.store.Store;

/**
 * The next keys of a get of many: hashed together, and their index lines and items fetched
 * together,
 * so that the waits for memory of the group overlap, where one lookup after the other would wait
 * for each alone. Nothing is decided by what is fetched: it is only near when it is looked up.
 *
 * <p>Hot path: arrays instead of objects. Owner: an event loop.
 */
final class KeyGroup {
    static final int MAX_KEYS = 16;

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
        count = 0;
        long at = Scan.skipSpaces(from, end);
        while (at < end && count < MAX_KEYS) {
            long keyEnd = Scan.space(at, end);
            addresses[count] = at;
            lengths[count] = (int) (keyEnd - at);
            hashes[count] = store.hash(at, lengths[count]);
            count++;
            at = Scan.skipSpaces(keyEnd, end);
        }
        next = at;
        if (count > 1) {
            fetch();
        }
        return count;
    }

    private void fetch() {
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
