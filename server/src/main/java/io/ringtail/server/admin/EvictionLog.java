package io.ringtail.server.admin;

import io.ringtail.server.execution.Watchers;
import io.ringtail.server.store.ItemFields;
import io.ringtail.server.store.StoreListener;

/** Tells watchers of evicted items, in memcached's words. Thread-safe. */
record EvictionLog(Watchers watchers) implements StoreListener {
    @Override
    public void evicted(ItemFields item, int now) {
        if ((watchers.streams() & Watchers.EVICTIONS) == 0) {
            return;
        }
        int exptime = item.exptime();
        var line = new LineBuffer().text("type=eviction key=")
                .uriEncoded(item.keyAddress(), item.keyBytes())
                .text(item.fetched() ? " fetch=yes ttl=" : " fetch=no ttl=")
                .text(Integer.toString(exptime == 0 ? -1 : exptime - now))
                .text(" la=")
                .number(now - item.lastAccess())
                .text(" clsid=")
                .number(item.sizeClass())
                .text(" size=")
                .number(item.valueBytes());
        watchers.publish(Watchers.EVICTIONS, line.toString());
    }
}
