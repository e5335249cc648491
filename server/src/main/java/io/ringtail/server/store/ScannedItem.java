package io.ringtail.server.store;

/**
 * An item as the store itself passes it out: to a {@link StoreListener} or an {@link ItemVisitor}.
 * Owner: shard lock.
 */
final class ScannedItem extends ItemFields {
    ScannedItem(StoreCore core) {
        super(core);
    }

    @Override
    boolean isConsistent() {
        return true;
    }
}
