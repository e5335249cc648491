package io.ringtail.server.http;

import io.ringtail.protocol.side.SideFrame;
import io.ringtail.protocol.side.SideFrame.Command;
import io.ringtail.protocol.side.SideFrame.Op;
import io.ringtail.server.execution.NodeClock;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the routes of keys have in common: keys, times and content types as HTTP gives them. */
final class Keys {
    private static final int MAX_KEY_BYTES = 250;
    /** As far as the protocol's times reach. */
    private static final long LAST_SECOND = Integer.MAX_VALUE;

    private final NodeClock clock;

    Keys(NodeClock clock) {
        this.clock = clock;
    }

    static byte[] checked(byte @Nullable [] key) throws RefusedException {
        if (key == null || key.length == 0) {
            throw RefusedException.badRequest("no key");
        }
        if (key.length > MAX_KEY_BYTES) {
            throw RefusedException.badRequest("a key has at most " + MAX_KEY_BYTES + " bytes");
        }
        return key;
    }

    static byte[] ofQuery(Exchange exchange) throws RefusedException {
        return checked(PercentCode.form(exchange.query()).get("key"));
    }

    static byte[] required(Map<String, byte[]> fields, String name) throws RefusedException {
        var value = fields.get(name);
        if (value == null) {
            throw RefusedException.badRequest("no " + name);
        }
        return value;
    }

    /** Reads seconds to live: 0 or nothing is for ever. */
    int exptime(String name, @Nullable String seconds) throws RefusedException {
        if (seconds == null || seconds.isEmpty()) {
            return 0;
        }
        try {
            return exptime(name, Long.parseLong(seconds.strip()));
        } catch (NumberFormatException e) {
            throw RefusedException.badRequest(name + " is not a number of seconds: " + seconds);
        }
    }

    /** memcached's exptime for a time to live, however long it is. */
    int exptime(String name, long seconds) throws RefusedException {
        if (seconds < 0) {
            throw RefusedException.badRequest(name + " is below 0");
        }
        return (int) Math.min(LAST_SECOND, seconds <= NodeClock.MAX_RELATIVE_SECONDS ? seconds
                : clock.startedAt() + clock.nowSeconds() + Math.min(seconds, LAST_SECOND));
    }

    /** The attribute that keeps a content type; null where none is needed. */
    static byte @Nullable [] attribute(@Nullable String contentType) throws RefusedException {
        if (contentType == null || contentType.equals("application/octet-stream")) {
            return null;
        }
        if (contentType.length() > SideFrame.MAX_ATTRIBUTE_BYTES) {
            throw RefusedException.badRequest(
                    "a Content-Type has at most " + SideFrame.MAX_ATTRIBUTE_BYTES + " characters");
        }
        return contentType.getBytes(StandardCharsets.ISO_8859_1);
    }

    static Command read(Op op, byte[] key, long cas) {
        return new Command(op, key.length, 0, 0, cas, 0);
    }

    static Command store(Op op, byte[] key, Stored stored) {
        var attribute = stored.attribute();
        int prefix = attribute == null ? 0 : attribute.length + 1;
        return new Command(op, key.length, attribute == null ? 0 : attribute.length,
                stored.exptime(), stored.cas(), stored.valueBytes() + prefix);
    }

    /** What is to be stored, but for the value itself; the CAS to compare with, or 0. */
    record Stored(byte @Nullable [] attribute, int exptime, long cas, long valueBytes) {}
}
