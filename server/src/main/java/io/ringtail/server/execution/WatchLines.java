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
    private static final int MAX_RAW_BYTES = 500;

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

    /** The text of a command, without its line end; memcached has the stream and never fills it. */
    void raw(Request request, Client from) {
        int bytes = request.headerBytes;
        while (bytes > 0 && Memory.getByte(request.commandAddress + bytes - 1) < ' ') {
            bytes--;
        }
        var line = "<" + from.id() + " "
                + Memory.latin1(request.commandAddress, Math.min(bytes, MAX_RAW_BYTES));
        watchers.publish(Watchers.RAWCMDS, line);
        if (wants(Watchers.DIALOGUE)) {
            Dialogue.asked(line);
        }
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
        boolean refused = status.equals("too_large") || status.equals("no_memory");
        boolean joined =
                status.equals("stored") && (mode == Operation.APPEND || mode == Operation.PREPEND);
        var view = loop.view();
        if (joined && view.find(loop.store().hash(request.keyAddress, request.keyBytes),
                request.keyAddress, request.keyBytes, loop.now())) {
            stored(request, new Stored("stored", name(mode), view.exptime(), view.valueBytes()),
                    loop);
            return;
        }
        int exptime = refused || request.exptime == 0 ? 0
                : loop.node().clock().expiryOf(request.exptime, loop.now());
        stored(request, new Stored(status, name(mode), exptime, refused ? 0 : request.valueBytes),
                loop);
    }

    /** {@code type=item_store}: arithmetic made an item. */
    void created(Request request, int exptime, int valueBytes, LoopContext loop) {
        stored(request, new Stored("stored", "add", exptime, valueBytes), loop);
    }

    /** What became of an item that was to be stored. */
    private record Stored(String status, String command, int exptime, long valueBytes) {}

    /** As memcached does, a time that is over already wraps around. */
    private void stored(Request request, Stored item, LoopContext loop) {
        int ttl = item.exptime == 0 ? 0 : item.exptime - loop.now();
        int sizeClass =
                loop.store().sizeClass(request.keyBytes, item.valueBytes, request.clientFlags);
        watchers.publish(Watchers.MUTATIONS,
                "type=item_store key=" + encoded(request.keyAddress, request.keyBytes) + " status="
                        + item.status + " cmd=" + item.command + " ttl="
                        + Integer.toUnsignedString(ttl) + " clsid=" + sizeClass + " cfd=" + client
                        + " size=" + item.valueBytes);
    }

    private static String name(Operation mode) {
        return mode == Operation.META_SET ? "set" : mode.name().toLowerCase(Locale.ROOT);
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
