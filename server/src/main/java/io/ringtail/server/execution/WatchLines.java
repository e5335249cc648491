package io.ringtail.server.execution;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.server.store.ItemFields;
import java.util.Locale;

/**
 * Writes memcached's log lines of keyed commands for those who watch. Asking whether anybody does
 * is all that it costs otherwise. Owner: an event loop.
 */
final class WatchLines {
    private final Watchers watchers;
    private long client;

    WatchLines(Watchers watchers) {
        this.watchers = watchers;
    }

    boolean wants(int stream) {
        return (watchers.streams() & stream) != 0;
    }

    /** Whose command is executed now. */
    void client(long id) {
        client = id;
    }

    /** {@code type=item_get}: an item was looked up, whatever for. */
    void fetched(long keyAddress, int keyBytes, ItemFields item, boolean found) {
        var line = new StringBuilder("type=item_get key=").append(encoded(keyAddress, keyBytes));
        line.append(" status=");
        if (found) {
            line.append("found");
        } else {
            line.append(switch (item.missReason()) {
                case ABSENT -> "not_found";
                case FLUSHED -> "flushed";
                case EXPIRED -> "expired";
            });
        }
        line.append(" clsid=").append(found ? item.sizeClass() : 0);
        line.append(" cfd=").append(client);
        line.append(" size=").append(found ? item.valueBytes() : 0);
        watchers.publish(Watchers.FETCHERS, line.toString());
    }

    /** {@code type=item_store}: an item was to be stored. */
    void stored(Request request, Operation mode, String status, LoopContext loop) {
        var view = loop.view();
        long hash = loop.store().hash(request.keyAddress, request.keyBytes);
        boolean present = status.equals("stored")
                && view.find(hash, request.keyAddress, request.keyBytes, loop.now());
        int exptime = present ? view.exptime() : 0;
        watchers.publish(Watchers.MUTATIONS,
                "type=item_store key=" + encoded(request.keyAddress, request.keyBytes) + " status="
                        + status + " cmd=" + mode.name().toLowerCase(Locale.ROOT) + " ttl="
                        + (exptime == 0 ? 0 : exptime - loop.now()) + " clsid="
                        + (present ? view.sizeClass() : 0) + " cfd=" + client + " size="
                        + (present ? view.valueBytes() : request.valueBytes));
    }

    /** {@code type=deleted}: an item is about to be deleted. */
    void deleted(Request request, ItemFields item, String command) {
        watchers.publish(Watchers.DELETIONS,
                "type=deleted key=" + encoded(request.keyAddress, request.keyBytes) + " cmd="
                        + command + " clsid=" + item.sizeClass() + " size=" + item.valueBytes());
    }

    /** The key with all but letters, digits and {@code -._~} as %NN. */
    static String encoded(long address, int bytes) {
        var encoded = new StringBuilder(bytes + 16);
        for (int i = 0; i < bytes; i++) {
            int c = Memory.getUnsignedByte(address + i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
                    || "-._~".indexOf(c) >= 0;
            if (plain) {
                encoded.append((char) c);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return encoded.toString();
    }
}
