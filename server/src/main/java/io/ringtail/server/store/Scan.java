package io.ringtail.server.store;

/**
 * A walk over all items in bounded steps. Items that stay in the store from the first step to the
 * last are visited at least once. Owner: whoever walks.
 */
public final class Scan {
    /** Visits at most {@code maxItems} more live items; false where there are no more. */
    public boolean next(ItemVisitor visitor, int maxItems, int now) {
        throw new UnsupportedOperationException();
    }
}
