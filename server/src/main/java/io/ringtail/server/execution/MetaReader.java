package io.ringtail.server.execution;

import io.ringtail.metrics.counters.SizeClassCounters;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.memory.ValueStream;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.text.TextReplies;
import io.ringtail.server.store.ItemFields;
import io.ringtail.server.store.ItemView;
import io.ringtail.server.store.Mutation;
import org.jspecify.annotations.Nullable;

/**
 * mg and me. An mg that only reads takes no lock, as get does; one that may change its item (T, N,
 * R, or a stale item that waits for a winner) does all under the lock of the item's shard. Owner:
 * its event loop.
 */
final class MetaReader {
    private static final long CHANGING = 1L << 'T' - 'A' | 1L << 'N' - 'A' | 1L << 'R' - 'A';
    private static final short LINE_END = '\n' << 8 | '\r';

    private final LoopContext loop;
    private final Engine engine;
    private final MetaReply reply;
    private final Mutation mutation;
    /** A large value that was found while the shard was locked, when nothing may be sent. */
    private @Nullable ValueStream pinned;
    /** Of the item that was hit last. */
    private int sizeClass;

    MetaReader(LoopContext loop, Engine engine, MetaReply reply) {
        this.loop = loop;
        this.engine = engine;
        this.reply = reply;
        this.mutation = loop.mutation();
    }

    void get(Request request, Output output) {
        loop.hotKeys().read(request.keyAddress, request.keyBytes);
        boolean hit = (request.metaFlags & CHANGING) == 0 ? read(request, output)
                : change(request, output);
        count(hit, hit && request.hasMetaFlag('T'));
        if (!hit && !request.hasMetaFlag('q')) {
            reply.beginMiss(output);
            reply.echo(request);
            reply.end(output);
        }
    }

    private void count(boolean hit, boolean touched) {
        var counters = loop.counters();
        if (touched) {
            counters.cmdTouch++;
            counters.classes.count(sizeClass, SizeClassCounters.TOUCH_HITS);
        } else if (hit) {
            counters.classes.count(sizeClass, SizeClassCounters.GET_HITS);
        } else {
            counters.getMisses++;
        }
    }

    private boolean read(Request request, Output output) {
        var view = loop.view();
        long hash = loop.store().hash(request.keyAddress, request.keyBytes);
        int now = loop.now();
        while (view.find(hash, request.keyAddress, request.keyBytes, now)) {
            if (view.stale() && !view.winSent()) {
                if (view.isConsistent()) {
                    return change(request, output);
                }
                continue;
            }
            if (tryRead(request, view, output)) {
                if (!request.hasMetaFlag('u')) {
                    view.markRead(now);
                }
                sizeClass = view.sizeClass();
                log(request, view, true);
                return true;
            }
        }
        engine.countLost(view.missReason());
        log(request, view, false);
        return false;
    }

    private void log(Request request, ItemFields item, boolean hit) {
        if (engine.lines().wants(Watchers.FETCHERS)) {
            engine.lines().fetched(request.keyAddress, request.keyBytes, item, hit);
        }
    }

    private boolean tryRead(Request request, ItemView view, Output output) {
        boolean value = wantsValue(request, view);
        boolean inline = value && !view.chained();
        int bytes = inline ? (int) view.valueBytes() : 0;
        long at = output.ensure(MetaReply.MAX_BYTES + bytes + 2);
        reply.beginHit(at, value, view.valueBytes());
        reply.found(request, view, 0, loop.now());
        at = reply.end();
        if (inline) {
            Memory.copy(view.inlineAddress(), at, bytes);
            Memory.putShort(at + bytes, LINE_END);
            at += bytes + 2;
        }
        if (!value || inline) {
            if (view.isConsistent()) {
                output.position(at);
                return true;
            }
            return false;
        }
        var stream = view.pin();
        if (stream == null) {
            return false;
        }
        output.position(at);
        send(stream, output);
        return true;
    }

    /** Whether the value goes back: not where the client holds it already, as its C says. */
    private static boolean wantsValue(Request request, ItemFields item) {
        return request.hasMetaFlag('v') && !(request.hasCas && request.cas == item.cas());
    }

    private static void send(ValueStream value, Output output) {
        output.stream(value);
        TextReplies.LINE_END.writeTo(output);
    }

    private boolean change(Request request, Output output) {
        reply.times(request, engine);
        int valueRoom = request.hasMetaFlag('v') ? loop.store().inlineLimit() + 2 : 0;
        long at = output.ensure(MetaReply.MAX_BYTES + valueRoom);
        pinned = null;
        engine.begin(request);
        try {
            if (mutation.exists()) {
                sizeClass = mutation.sizeClass();
                at = writeFound(request, at);
            } else if (request.vivifies) {
                sizeClass = loop.store().sizeClass(request.keyBytes, 0, 0);
                at = writeCreated(request, at);
            } else {
                at = 0;
            }
        } finally {
            mutation.end();
        }
        if (at == 0) {
            return false;
        }
        output.position(at);
        var stream = pinned;
        if (stream != null) {
            pinned = null;
            send(stream, output);
        }
        return true;
    }

    private long writeFound(Request request, long start) {
        boolean value = wantsValue(request, mutation);
        reply.beginHit(start, value, mutation.valueBytes());
        reply.found(request, mutation, 0, loop.now());
        long at = reply.end();
        if (value && mutation.chained()) {
            pinned = mutation.pin();
        } else if (value) {
            int bytes = (int) mutation.valueBytes();
            Memory.copy(mutation.inlineAddress(), at, bytes);
            Memory.putShort(at + bytes, LINE_END);
            at += bytes + 2;
        }
        if (reply.won()) {
            mutation.winSent(true);
        }
        if (!request.hasMetaFlag('u')) {
            mutation.markRead();
        }
        if (request.hasMetaFlag('T')) {
            mutation.exptime(reply.exptime());
        }
        return at;
    }

    private long writeCreated(Request request, long start) {
        if (mutation.allocate(0, 0, reply.createdExptime(request)) == 0) {
            return 0;
        }
        mutation.winSent(true);
        long cas = mutation.commit(Engine.newCas(request));
        boolean value = request.hasMetaFlag('v') && !(request.hasCas && request.cas == cas);
        reply.beginHit(start, value, 0);
        reply.found(request, null, cas, loop.now());
        if (!request.hasMetaFlag('u')) {
            mutation.markRead();
        }
        long at = reply.end();
        if (value) {
            Memory.putShort(at, LINE_END);
            at += 2;
        }
        return at;
    }

    /** {@code ME <key> exp= la= cas= fetch= cls= size=}, for people. */
    void debug(Request request, Output output) {
        var view = loop.view();
        long hash = loop.store().hash(request.keyAddress, request.keyBytes);
        String line;
        do {
            if (!view.find(hash, request.keyAddress, request.keyBytes, loop.now())) {
                engine.countLost(view.missReason());
                log(request, view, false);
                TextReplies.META_MISS.writeTo(output);
                return;
            }
            line = describe(view, loop.now());
        } while (!view.isConsistent());
        log(request, view, true);
        output.text("ME ");
        reply.key(output, request, view.binaryKey());
        output.text(line);
    }

    private static String describe(ItemView item, int now) {
        return " exp=" + (item.exptime() == 0 ? -1 : now - item.exptime()) + " la="
                + (now - item.lastAccess()) + " cas=" + Long.toUnsignedString(item.cas())
                + " fetch=" + (item.fetched() ? "yes" : "no") + " cls=" + item.sizeClass()
                + " size=" + item.itemBytes() + "\r\n";
    }
}
