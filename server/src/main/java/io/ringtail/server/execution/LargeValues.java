package io.ringtail.server.execution;

import io.ringtail.protocol.memory.ValueStream;
import io.ringtail.protocol.request.Request;
import io.ringtail.server.store.ItemView;
import io.ringtail.server.store.Upload;
import org.jspecify.annotations.Nullable;

/**
 * Changes values that are too large to be changed under their shard's lock: the new value is built
 * beside the present one, and takes its place if that is still the same then, else all begins anew.
 * Owner: its event loop.
 */
final class LargeValues {
    /** Tries against other writers before the command is refused. */
    private static final int MAX_ATTEMPTS = 100;

    private final LoopContext loop;
    private long cas;

    /** Makes the new value out of the present one. */
    interface Builder {
        /** How long the new value will be. */
        long bytes(ItemView present);

        /** Writes the new value; false where memory ran out or the present value has changed. */
        boolean build(ItemView present, Upload target);
    }

    LargeValues(LoopContext loop) {
        this.loop = loop;
    }

    /** The CAS unique that the changed item got. */
    long cas() {
        return cas;
    }

    /** Replaces the value of the present item by what {@code builder} makes of it. */
    Outcome change(Request request, Builder builder) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            var outcome = attempt(request, builder);
            if (outcome != null) {
                return outcome;
            }
        }
        return Outcome.OUT_OF_MEMORY;
    }

    private @Nullable Outcome attempt(Request request, Builder builder) {
        var view = loop.view();
        long hash = loop.store().hash(request.keyAddress, request.keyBytes);
        if (!view.find(hash, request.keyAddress, request.keyBytes, loop.now())) {
            return Outcome.NOT_FOUND;
        }
        long seenCas = view.cas();
        long seenBytes = view.valueBytes();
        long bytes = builder.bytes(view);
        if (!view.isConsistent()) {
            return null;
        }
        if (request.hasCas && request.cas != 0 && request.cas != seenCas) {
            return Outcome.EXISTS;
        }
        var upload = loop.store().upload(bytes);
        if (upload == null) {
            return Outcome.OUT_OF_MEMORY;
        }
        try (upload) {
            if (!builder.build(view, upload)) {
                return view.isConsistent() ? Outcome.OUT_OF_MEMORY : null;
            }
            return view.isConsistent() ? exchange(request, upload, hash, seenCas, seenBytes) : null;
        }
    }

    private @Nullable Outcome exchange(Request request, Upload upload, long hash, long seenCas,
            long seenBytes) {
        var mutation = loop.mutation();
        mutation.begin(hash, request.keyAddress, request.keyBytes, loop.now());
        try {
            if (!mutation.exists() || mutation.cas() != seenCas
                    || mutation.valueBytes() != seenBytes) {
                return null;
            }
            if (!mutation.attach(upload, mutation.clientFlags(), mutation.exptime())) {
                return Outcome.OUT_OF_MEMORY;
            }
            cas = mutation.commit(Engine.newCas(request));
            return Outcome.DONE;
        } finally {
            mutation.end();
        }
    }

    /**
     * Appends the present value to {@code target}; false where memory ran out or it has changed.
     */
    static boolean copy(ItemView present, Upload target) {
        if (!present.chained()) {
            int bytes = (int) present.valueBytes();
            return target.append(present.inlineAddress(), bytes);
        }
        var stream = present.pin();
        return stream != null && copy(stream, target);
    }

    /** Appends all that is left of {@code stream} to {@code target}, and closes it. */
    static boolean copy(ValueStream stream, Upload target) {
        try (stream) {
            while (stream.remaining() > 0) {
                int part = stream.partBytes();
                if (!target.append(stream.partAddress(), part)) {
                    return false;
                }
                stream.advance(part);
            }
            return true;
        }
    }
}
