package io.ringtail.server.execution;

import io.ringtail.metrics.counters.SizeClassCounters;
import io.ringtail.metrics.counters.StoreCounters.Command;
import io.ringtail.metrics.counters.StoreCounters.Result;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import io.ringtail.server.store.ItemFields;
import io.ringtail.server.store.ItemView;
import io.ringtail.server.store.MissReason;
import io.ringtail.server.store.Mutation;
import io.ringtail.server.store.Upload;
import org.jspecify.annotations.Nullable;

/**
 * The classic commands on the store, for every protocol: what memcached stores, refuses and counts.
 * A command's further results ({@link #cas()}, {@link #valueBytes()}) hold until the next one.
 * Owner: its event loop.
 */
final class Engine {
    /**
     * Bytes that memcached counts for an item beside key, value and flags, with and without CAS.
     */
    private static final int HEADER_BYTES = 48 + 8;
    private static final int FLAGS_BYTES = 4;
    /** The end of the key, and the line end behind the value. */
    private static final int TERMINATOR_BYTES = 3;

    private final LoopContext loop;
    private final Mutation mutation;
    private final WatchLines lines;
    private final LargeValues large;
    private final Arithmetic arithmetic;
    private long cas;
    private long valueBytes;
    /** Of the item that is to be stored. */
    private int sizeClass;

    Engine(LoopContext loop) {
        this.loop = loop;
        this.mutation = loop.mutation();
        this.lines = new WatchLines(loop.node().watchers());
        this.large = new LargeValues(loop);
        this.arithmetic = new Arithmetic(loop, this);
    }

    /** The CAS unique that the last store, delete or arithmetic gave to its item. */
    long cas() {
        return cas;
    }

    /** The length of the last stored value, with what it was appended to. */
    long valueBytes() {
        return valueBytes;
    }

    WatchLines lines() {
        return lines;
    }

    /** Whether memcached would take an item of this size at all. */
    boolean fits(int keyBytes, long value, int clientFlags) {
        long item = HEADER_BYTES + TERMINATOR_BYTES + keyBytes + value
                + (clientFlags == 0 ? 0 : FLAGS_BYTES);
        return item <= loop.store().maxItemBytes();
    }

    /** The exptime that the client gave, on the node's clock. */
    int expiry(long exptime) {
        return exptime == 0 ? 0 : loop.node().clock().expiryOf(exptime, loop.now());
    }

    /** Locks the key's shard and finds the present item. The caller ends the mutation. */
    void begin(Request request) {
        long hash = loop.store().hash(request.keyAddress, request.keyBytes);
        mutation.begin(hash, request.keyAddress, request.keyBytes, loop.now());
        if (!mutation.exists()) {
            countLost(mutation.missReason());
        }
        if (lines.wants(Watchers.FETCHERS)) {
            lines.fetched(request.keyAddress, request.keyBytes, mutation, mutation.exists());
        }
    }

    /** Counts an item that was there but had expired or been flushed. */
    void countLost(MissReason reason) {
        switch (reason) {
            case EXPIRED -> loop.counters().getExpired++;
            case FLUSHED -> loop.counters().getFlushed++;
            case ABSENT -> {}
        }
    }

    /**
     * Stores a value.
     *
     * @param mode SET, ADD, REPLACE, APPEND, PREPEND or CAS
     * @param upload the value, where it is not at the request's valueAddress; taken over when DONE
     */
    Outcome store(Operation mode, Request request, @Nullable Upload upload) {
        countSet(request);
        cas = 0;
        valueBytes = request.valueBytes;
        boolean concatenates = mode == Operation.APPEND || mode == Operation.PREPEND;
        var outcome =
                concatenates ? concatenate(mode, request, upload) : replace(mode, request, upload);
        if (outcome == Outcome.OUT_OF_MEMORY) {
            loop.counters().storeNoMemory++;
        }
        loop.counters().stores.count(command(mode), result(outcome));
        if (lines.wants(Watchers.MUTATIONS)) {
            lines.stored(request, mode, statusOf(outcome), loop);
        }
        return outcome;
    }

    /** Counts an attempt to store a value. */
    void countSet(Request request) {
        sizeClass =
                loop.store().sizeClass(request.keyBytes, request.valueBytes, request.clientFlags);
        loop.counters().classes.count(sizeClass, SizeClassCounters.CMD_SET);
    }

    /** Counts what was done to an item, under its size. */
    void count(ItemFields item, int what) {
        loop.counters().classes.count(item.sizeClass(), what);
    }

    /** Counts a command whose value was refused before it could be stored. */
    void countRefused(Request request) {
        var mode = request.operation == Operation.META_SET ? MetaExecutor.mode(request)
                : request.operation;
        loop.counters().stores.count(command(mode), Result.ERROR);
    }

    /**
     * Refuses a value for which there is no room. A command that {@code replaces} drops the old
     * value, so that nobody reads it any more.
     */
    void refuse(Request request, String status, boolean replaces) {
        countRefused(request);
        if (lines.wants(Watchers.MUTATIONS)) {
            lines.stored(request, request.operation, status, loop);
        }
        var routing = loop.node().routing();
        if (replaces && routing.isLocal(request.keyAddress, request.keyBytes, loop)) {
            drop(request);
        } else if (replaces) {
            routing.drop(request, loop);
        }
    }

    private static Command command(Operation mode) {
        return switch (mode) {
            case ADD -> Command.ADD;
            case REPLACE -> Command.REPLACE;
            case APPEND -> Command.APPEND;
            case PREPEND -> Command.PREPEND;
            case CAS -> Command.CAS;
            default -> Command.SET;
        };
    }

    private static Result result(Outcome outcome) {
        return switch (outcome) {
            case DONE -> Result.STORED;
            case NOT_STORED -> Result.NOT_STORED;
            case EXISTS -> Result.EXISTS;
            case NOT_FOUND -> Result.NOT_FOUND;
            case OUT_OF_MEMORY, NON_NUMERIC -> Result.ERROR;
        };
    }

    private static String statusOf(Outcome outcome) {
        return switch (outcome) {
            case DONE -> "stored";
            case EXISTS -> "exists";
            case NOT_FOUND -> "not_found";
            case OUT_OF_MEMORY -> "no_memory";
            case NOT_STORED, NON_NUMERIC -> "not_stored";
        };
    }

    private Outcome replace(Operation mode, Request request, @Nullable Upload upload) {
        begin(request);
        try {
            if (!mutation.exists()) {
                return switch (mode) {
                    case CAS -> {
                        loop.counters().casMisses++;
                        yield Outcome.NOT_FOUND;
                    }
                    case REPLACE -> Outcome.NOT_STORED;
                    default -> write(request, upload, expiry(request.exptime));
                };
            }
            return switch (mode) {
                case ADD -> Outcome.NOT_STORED;
                case CAS -> compareAndSet(request, upload);
                default -> write(request, upload, expiry(request.exptime));
            };
        } finally {
            mutation.end();
        }
    }

    private Outcome compareAndSet(Request request, @Nullable Upload upload) {
        long present = mutation.cas();
        if (request.cas != 0 && request.cas == present) {
            countCas();
            return write(request, upload, expiry(request.exptime));
        }
        boolean older = request.cas != 0 && Long.compareUnsigned(request.cas, present) < 0;
        if (older && request.hasMetaFlag('I')) {
            countCas();
            return writeStale(request, upload);
        }
        loop.counters().classes.count(sizeClass, SizeClassCounters.CAS_BADVAL);
        return Outcome.EXISTS;
    }

    /** Under the size of the new item, as its cmd_set, which contains it. */
    private void countCas() {
        loop.counters().classes.count(sizeClass, SizeClassCounters.CAS_HITS);
    }

    /** Takes an outdated value over, marked as stale, for the rest of the present item's time. */
    private Outcome writeStale(Request request, @Nullable Upload upload) {
        boolean winSent = mutation.winSent();
        if (!put(request, upload, mutation.exptime())) {
            return Outcome.OUT_OF_MEMORY;
        }
        mutation.stale(true);
        mutation.winSent(winSent);
        return commit(request);
    }

    private Outcome write(Request request, @Nullable Upload upload, int exptime) {
        return put(request, upload, exptime) ? commit(request) : Outcome.OUT_OF_MEMORY;
    }

    private boolean put(Request request, @Nullable Upload upload, int exptime) {
        if (!place(request, upload, exptime)) {
            return false;
        }
        if (request.attributeBytes > 0) {
            mutation.attribute(true);
        }
        return true;
    }

    private boolean place(Request request, @Nullable Upload upload, int exptime) {
        if (upload != null) {
            return mutation.attach(upload, request.clientFlags, exptime);
        }
        int bytes = (int) request.valueBytes;
        long at = mutation.allocate(bytes, request.clientFlags, exptime);
        if (at == 0) {
            return false;
        }
        Memory.copy(request.valueAddress, at, bytes);
        return true;
    }

    private Outcome commit(Request request) {
        if (request.binaryKey) {
            mutation.binaryKey(true);
        }
        cas = mutation.commit(newCas(request));
        return Outcome.DONE;
    }

    /**
     * The CAS unique that the client wants the written item to have; 0 where the store makes one.
     */
    static long newCas(Request request) {
        return request.hasMetaFlag('E') ? request.explicitCas : 0;
    }

    private Outcome concatenate(Operation mode, Request request, @Nullable Upload upload) {
        begin(request);
        try {
            if (!mutation.exists()) {
                return request.vivifies ? write(request, upload, expiry(request.vivifyExptime))
                        : Outcome.NOT_STORED;
            }
            if (request.hasCas && request.cas != 0 && request.cas != mutation.cas()) {
                return Outcome.EXISTS;
            }
            long total = mutation.valueBytes() + request.valueBytes;
            if (!fits(request.keyBytes, total, mutation.clientFlags())) {
                return Outcome.NOT_STORED;
            }
            if (total <= loop.store().inlineLimit()) {
                return concatenateInline(mode == Operation.APPEND, request, (int) total);
            }
        } finally {
            mutation.end();
        }
        return concatenateLarge(mode == Operation.APPEND, request, upload);
    }

    private Outcome concatenateLarge(boolean append, Request request, @Nullable Upload upload) {
        var builder = new LargeValues.Builder() {
            private long total;

            @Override
            public long bytes(ItemView present) {
                total = present.valueBytes() + request.valueBytes;
                return total;
            }

            @Override
            public boolean build(ItemView present, Upload target) {
                return append ? LargeValues.copy(present, target) && copyAdded(target)
                        : copyAdded(target) && LargeValues.copy(present, target);
            }

            private boolean copyAdded(Upload target) {
                return upload == null
                        ? target.append(request.valueAddress, (int) request.valueBytes)
                        : upload.copyTo(target);
            }
        };
        var outcome = large.change(request, builder);
        if (outcome != Outcome.DONE) {
            return outcome == Outcome.EXISTS ? outcome : Outcome.NOT_STORED;
        }
        cas = large.cas();
        valueBytes = builder.total;
        return Outcome.DONE;
    }

    private Outcome concatenateInline(boolean append, Request request, int total) {
        int present = (int) mutation.valueBytes();
        int added = (int) request.valueBytes;
        long at = mutation.allocate(total, mutation.clientFlags(), mutation.exptime());
        if (at == 0) {
            return Outcome.NOT_STORED;
        }
        Memory.copy(mutation.inlineAddress(), append ? at : at + added, present);
        Memory.copy(request.valueAddress, append ? at + present : at, added);
        valueBytes = total;
        cas = mutation.commit(newCas(request));
        return Outcome.DONE;
    }

    /** Deletes the item, where {@link Request#cas} is 0 or its CAS unique. */
    Outcome delete(Request request) {
        begin(request);
        try {
            if (!mutation.exists()) {
                loop.counters().deleteMisses++;
                return Outcome.NOT_FOUND;
            }
            if (request.hasCas && request.cas != 0 && request.cas != mutation.cas()) {
                return Outcome.EXISTS;
            }
            count(mutation, SizeClassCounters.DELETE_HITS);
            if (lines.wants(Watchers.DELETIONS)) {
                lines.deleted(request, mutation, "delete");
            }
            mutation.remove();
            return Outcome.DONE;
        } finally {
            mutation.end();
        }
    }

    /** Drops what the key holds, because the value that should replace it cannot be stored. */
    void drop(Request request) {
        begin(request);
        try {
            if (mutation.exists()) {
                mutation.remove();
            }
        } finally {
            mutation.end();
        }
    }

    Outcome touch(Request request) {
        loop.counters().cmdTouch++;
        begin(request);
        try {
            if (!mutation.exists()) {
                loop.counters().touchMisses++;
                return Outcome.NOT_FOUND;
            }
            cas = mutation.cas();
            mutation.markRead();
            if (!mutation.exptime(expiry(request.exptime))) {
                return Outcome.OUT_OF_MEMORY;
            }
            count(mutation, SizeClassCounters.TOUCH_HITS);
            return Outcome.DONE;
        } finally {
            mutation.end();
        }
    }

    /** incr, decr, ma. Its results are in the object this returns. */
    Arithmetic arithmetic() {
        return arithmetic;
    }
}
