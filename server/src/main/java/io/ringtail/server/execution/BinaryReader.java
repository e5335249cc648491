package io.ringtail.server.execution;

import io.ringtail.metrics.counters.SizeClassCounters;
import io.ringtail.protocol.binary.BinaryReply;
import io.ringtail.protocol.binary.Opcode;
import io.ringtail.protocol.binary.Status;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.memory.ValueStream;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.server.store.ItemView;

/**
 * The binary protocol's retrievals: get, touch, and get and touch. Hot path: a hit is found,
 * written and checked without a lock, and allocates nothing. Owner: its event loop.
 *
 * <p>memcached counts each of them once: with get, or with touch.
 */
final class BinaryReader {
    private final LoopContext loop;
    private final Engine engine;

    BinaryReader(LoopContext loop, Engine engine) {
        this.loop = loop;
        this.engine = engine;
    }

    void execute(Request request, Output output) {
        loop.hotKeys().read(request.keyAddress, request.keyBytes);
        boolean hit =
                request.operation == Operation.GET ? get(request, output) : touch(request, output);
        if (!hit && !request.quiet) {
            if (Opcode.returnsKey(request.opcode)) {
                BinaryReply.missWithKey(output, request);
            } else {
                BinaryReply.error(output, request, Status.NOT_FOUND);
            }
        }
        var prefixes = loop.node().prefixCounts();
        if (prefixes != null) {
            prefixes.get(request.keyAddress, request.keyBytes, hit);
        }
    }

    private boolean get(Request request, Output output) {
        var view = loop.view();
        boolean hit = write(request, output);
        if (hit) {
            view.markRead(loop.now());
            engine.count(view, SizeClassCounters.GET_HITS);
        } else {
            loop.counters().getMisses++;
            engine.countLost(view.missReason());
        }
        if (engine.lines().wants(Watchers.FETCHERS)) {
            engine.lines().fetched(request.keyAddress, request.keyBytes, view, hit);
        }
        return hit;
    }

    /** Writes the item before it is touched: an exptime in the past shows it for the last time. */
    private boolean touch(Request request, Output output) {
        if (write(request, output)) {
            engine.touch(request);
            return true;
        }
        engine.countLost(loop.view().missReason());
        loop.counters().cmdTouch++;
        loop.counters().touchMisses++;
        return false;
    }

    /** Writes the item, if there is one. */
    private boolean write(Request request, Output output) {
        var view = loop.view();
        long hash = loop.store().hash(request.keyAddress, request.keyBytes);
        int keyBytes = Opcode.returnsKey(request.opcode) ? request.keyBytes : 0;
        int now = loop.now();
        while (view.find(hash, request.keyAddress, request.keyBytes, now)) {
            if (request.operation == Operation.TOUCH ? writeFields(request, view, output)
                    : writeValue(request, keyBytes, view, output)) {
                return true;
            }
        }
        return false;
    }

    private static boolean writeFields(Request request, ItemView view, Output output) {
        long at = output.ensure(BinaryReply.valueHeaderBytes(0));
        at = BinaryReply.valueHeader(at, request, 0, 0, view.clientFlags(), view.cas());
        boolean consistent = view.isConsistent();
        if (consistent) {
            output.position(at);
        }
        return consistent;
    }

    private static boolean writeValue(Request request, int keyBytes, ItemView view, Output output) {
        if (view.chained()) {
            return stream(request, keyBytes, view, output);
        }
        int bytes = (int) view.valueBytes();
        long at = output.ensure(BinaryReply.valueHeaderBytes(keyBytes) + bytes);
        at = BinaryReply.valueHeader(at, request, keyBytes, bytes, view.clientFlags(), view.cas());
        Memory.copy(view.inlineAddress(), at, bytes);
        boolean consistent = view.isConsistent();
        if (consistent) {
            output.position(at + bytes);
        }
        return consistent;
    }

    private static boolean stream(Request request, int keyBytes, ItemView view, Output output) {
        long at = output.ensure(BinaryReply.valueHeaderBytes(keyBytes));
        at = BinaryReply.valueHeader(at, request, keyBytes, view.valueBytes(), view.clientFlags(),
                view.cas());
        ValueStream value = view.pin();
        if (value == null) {
            return false;
        }
        output.position(at);
        output.stream(value);
        return true;
    }
}
