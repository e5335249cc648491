package io.ringtail.server.store;

/**
 * Hears what the store does to items by itself. Called while the item's shard is locked, from any
 * thread: must be short and must not call the store.
 */
public interface StoreListener {
    /** {@code item} is evicted; readable during the call. */
    void evicted(ItemFields item, int now);
}
