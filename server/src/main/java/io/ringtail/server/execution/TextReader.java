package io.ringtail.server.execution;

import io.ringtail.metrics.counters.SizeClassCounters;
import io.ringtail.protocol.memory.Decimal;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.memory.ValueStream;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.text.Scan;
import io.ringtail.protocol.text.TextErrors;
import io.ringtail.protocol.text.TextReplies;
import io.ringtail.server.store.ItemView;

/**
 * get, gets, gat and gats: {@code VALUE <key> <flags> <bytes> [<cas>]} and the value for each key
 * that is there, then {@code END}. Hot path: a hit is found, written and checked without a lock,
 * and allocates nothing. Owner: its event loop.
 */
final class TextReader {
    private static final int MAX_KEY_BYTES = 250;
    /** {@code VALUE }, three numbers with a space before each, two line ends. */
    private static final int FRAME_BYTES = 6 + 3 * (1 + Decimal.MAX_DIGITS) + 4;
    /** {@code VALUE } and two bytes that the key overwrites. */
    private static final long VALUE = 0x2045554c4156L;
    private static final short LINE_END = '\n' << 8 | '\r';

    /** How many keys are read before looking whether the client takes the replies. */
    private static final int KEYS_BETWEEN_LOOKS = 8;

    private final LoopContext loop;
    private final Engine engine;
    private final KeyGroup group;

    TextReader(LoopContext loop, Engine engine) {
        this.loop = loop;
        this.engine = engine;
        this.group = new KeyGroup(loop.store(), loop.view());
    }

    void get(Request request, Client client) {
        if (request.keyBytes > 0) {
            if (request.keyBytes > MAX_KEY_BYTES) {
                TextExecutor.error(client.output(), TextErrors.BAD_FORMAT);
                return;
            }
            long hash = loop.store().hash(request.keyAddress, request.keyBytes);
            getKey(request, request.keyAddress, request.keyBytes, hash, client);
        } else if (!getKeys(request, client)) {
            TextExecutor.error(client.output(), TextErrors.BAD_FORMAT);
            if (request.continued) {
                client.closeAfterReplies();
            }
            return;
        }
        if (!request.continued) {
            TextReplies.END.writeTo(client.output());
        }
    }

    private boolean getKeys(Request request, Client client) {
        long end = request.argumentsAddress + request.argumentsBytes;
        long at = request.argumentsAddress;
        if (request.argumentsBytes > MAX_KEY_BYTES && hasLongKey(at, end)) {
            return false;
        }
        for (int count = group.take(at, end); count > 0; count = group.take(at, end)) {
            for (int i = 0; i < count; i++) {
                getKey(request, group.address(i), group.bytes(i), group.hash(i), client);
                at = i + 1 < count ? group.address(i + 1) : group.next();
                if ((i + 1) % KEYS_BETWEEN_LOOKS == 0 && at < end && client.isFull()) {
                    leave(request, at);
                    return true;
                }
            }
        }
        if (request.continued) {
            leave(request, end);
        }
        return true;
    }

    /**
     * Leaves the keys from {@code rest} on for later: the command's words are put in front of them,
     * where keys stood that are done.
     */
    private static void leave(Request request, long rest) {
        long words = request.argumentsAddress - request.commandAddress;
        Memory.copy(request.commandAddress, rest - words, words);
        request.headerBytes = (int) (rest - words - request.commandAddress);
        request.continued = true;
    }

    private static boolean hasLongKey(long from, long end) {
        long at = Scan.skipSpaces(from, end);
        while (at < end) {
            long keyEnd = Scan.space(at, end);
            if (keyEnd - at > MAX_KEY_BYTES) {
                return true;
            }
            at = Scan.skipSpaces(keyEnd, end);
        }
        return false;
    }

    private void getKey(Request request, long key, int keyBytes, long hash, Client client) {
        var routing = loop.node().routing();
        int owner = routing.ownerOf(key, keyBytes, loop);
        if (owner != Routing.LOCAL) {
            request.keyAddress = key;
            request.keyBytes = keyBytes;
            routing.forward(owner, request, loop, client.suspend());
            return;
        }
        loop.hotKeys().read(key, keyBytes);
        boolean touches = request.operation == Operation.GET_AND_TOUCH;
        boolean hit = touches ? touch(request, key, keyBytes, hash, client.output())
                : read(request, key, keyBytes, hash, client.output());
        var prefixes = loop.node().prefixCounts();
        if (prefixes != null) {
            prefixes.get(key, keyBytes, hit);
        }
    }

    private boolean read(Request request, long key, int keyBytes, long hash, Output output) {
        var view = loop.view();
        boolean hit = write(request, key, keyBytes, hash, output);
        if (hit) {
            view.markRead(loop.now());
            engine.count(view, SizeClassCounters.GET_HITS);
        } else {
            loop.counters().getMisses++;
            engine.countLost(view.missReason());
        }
        if (engine.lines().wants(Watchers.FETCHERS)) {
            engine.lines().fetched(key, keyBytes, view, hit);
        }
        return hit;
    }

    /** Writes the item before it is touched: an exptime in the past shows it for the last time. */
    private boolean touch(Request request, long key, int keyBytes, long hash, Output output) {
        if (!write(request, key, keyBytes, hash, output)) {
            engine.countLost(loop.view().missReason());
            loop.counters().cmdTouch++;
            loop.counters().touchMisses++;
            return false;
        }
        request.keyAddress = key;
        request.keyBytes = keyBytes;
        engine.touch(request);
        return true;
    }

    /** Writes the item, if there is one. */
    private boolean write(Request request, long key, int keyBytes, long hash, Output output) {
        var view = loop.view();
        int now = loop.now();
        while (view.find(hash, key, keyBytes, now)) {
            if (view.chained()) {
                if (stream(request, key, keyBytes, view, output)) {
                    return true;
                }
                continue;
            }
            int bytes = (int) view.valueBytes();
            long at = output.ensure(FRAME_BYTES + MAX_KEY_BYTES + bytes);
            at = header(at, key, keyBytes, view, request.wantsCas);
            Memory.copy(view.inlineAddress(), at, bytes);
            Memory.putShort(at + bytes, LINE_END);
            if (view.isConsistent()) {
                output.position(at + bytes + 2);
                return true;
            }
        }
        return false;
    }

    private static long header(long start, long key, int keyBytes, ItemView view,
            boolean wantsCas) {
        Memory.putLong(start, VALUE);
        long at = start + 6;
        Memory.copy(key, at, keyBytes);
        at += keyBytes;
        Memory.putByte(at, (byte) ' ');
        at = Decimal.write(at + 1, Integer.toUnsignedLong(view.clientFlags()));
        Memory.putByte(at, (byte) ' ');
        at = Decimal.write(at + 1, view.valueBytes());
        if (wantsCas) {
            Memory.putByte(at, (byte) ' ');
            at = Decimal.write(at + 1, view.cas());
        }
        Memory.putShort(at, LINE_END);
        return at + 2;
    }

    private static boolean stream(Request request, long key, int keyBytes, ItemView view,
            Output output) {
        long at = output.ensure(FRAME_BYTES + MAX_KEY_BYTES);
        at = header(at, key, keyBytes, view, request.wantsCas);
        ValueStream value = view.pin();
        if (value == null) {
            return false;
        }
        output.position(at);
        output.stream(value);
        TextReplies.LINE_END.writeTo(output);
        return true;
    }
}
