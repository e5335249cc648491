package io.ringtail.server.store;

/** Takes the items of a {@link Scan}. Called while the item's shard is locked. */
public interface ItemVisitor {
    /** {@code item} is readable during the call. */
    void visit(ItemFields item);
}
