package io.ringtail.server.execution;

import io.ringtail.metrics.counters.SizeClassCounters;
import io.ringtail.protocol.memory.Decimal;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Request;
import io.ringtail.protocol.text.NumberReader;
import io.ringtail.server.store.ItemView;
import io.ringtail.server.store.Mutation;
import io.ringtail.server.store.Upload;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Counts a decimal value up or down. A number that is shorter than the value it replaces is padded
 * with spaces to its length. The results hold until the next command. Owner: its event loop.
 */
final class Arithmetic {
    /** For {@link #apply}: the item keeps its exptime. */
    static final int KEEP = -1;

    /** White space and sign before the digits of a number, in a value of any length. */
    private static final int MAX_NUMBER_BYTES = 256;
    /** memcached keeps larger items in pieces, and takes none of those for a number. */
    private static final int MAX_ITEM_BYTES = 512 << 10;
    private static final int SPACES = 4096;

    private final LoopContext loop;
    private final Engine engine;
    private final Mutation mutation;
    private final LargeValues large;
    private final NumberReader reader = new NumberReader();
    private final MemorySegment scratch = Arena.ofAuto().allocate(Decimal.MAX_DIGITS + SPACES, 8);
    private long number;
    private long cas;
    private int exptime;
    private boolean created;

    Arithmetic(LoopContext loop, Engine engine) {
        this.loop = loop;
        this.engine = engine;
        this.mutation = loop.mutation();
        this.large = new LargeValues(loop);
        scratch.fill((byte) ' ');
    }

    /** What the item holds now. */
    long number() {
        return number;
    }

    /** The CAS unique that the item got. */
    long cas() {
        return cas;
    }

    /** The exptime that the item had before, 0 where it was created. */
    int exptime() {
        return exptime;
    }

    /** Whether there was no item, and it was created with the initial value. */
    boolean created() {
        return created;
    }

    /**
     * Adds {@link Request#delta} to the value, or takes it away, not below zero.
     *
     * <p>A number with more digits than the value it replaces makes a new item, which keeps only
     * client flags and exptime: memcached sets the new exptime on the old item then.
     *
     * @param exptimeAfter on the node's clock, or {@link #KEEP}
     * @param exptimeCreated of the item that is created on a miss, where the request says so
     */
    Outcome apply(Request request, boolean increment, int exptimeAfter, int exptimeCreated) {
        created = false;
        engine.begin(request);
        try {
            if (!mutation.exists()) {
                return request.vivifies ? create(request, exptimeCreated) : miss(increment);
            }
            if (mutation.valueBytes() == 0 || mutation.itemBytes() > MAX_ITEM_BYTES) {
                return Outcome.NON_NUMERIC;
            }
            if (request.hasCas && request.cas != 0 && request.cas != mutation.cas()) {
                return Outcome.EXISTS;
            }
            exptime = mutation.exptime();
            if (!mutation.chained()) {
                return applyInline(request, increment, exptimeAfter);
            }
        } finally {
            mutation.end();
        }
        return applyChained(request, increment);
    }

    private Outcome miss(boolean increment) {
        if (increment) {
            loop.counters().incrMisses++;
        } else {
            loop.counters().decrMisses++;
        }
        return Outcome.NOT_FOUND;
    }

    private Outcome create(Request request, int exptimeCreated) {
        number = request.initial;
        exptime = 0;
        long at = mutation.allocate(Decimal.digits(number), 0, exptimeCreated);
        if (at == 0) {
            loop.counters().storeNoMemory++;
            return Outcome.OUT_OF_MEMORY;
        }
        Decimal.write(at, number);
        cas = mutation.commit(Engine.newCas(request));
        created = true;
        if (engine.lines().wants(Watchers.MUTATIONS)) {
            engine.lines().created(request, exptimeCreated, Decimal.digits(number), loop);
        }
        return Outcome.DONE;
    }

    private boolean count(Request request, boolean increment, long value) {
        if (increment) {
            number = value + request.delta;
            engine.count(mutation, SizeClassCounters.INCR_HITS);
        } else {
            boolean below = Long.compareUnsigned(request.delta, value) > 0;
            number = below ? 0 : value - request.delta;
            engine.count(mutation, SizeClassCounters.DECR_HITS);
        }
        return true;
    }

    private Outcome applyInline(Request request, boolean increment, int exptimeAfter) {
        int present = (int) mutation.valueBytes();
        if (!reader.readUnsigned(mutation.inlineAddress(), present)) {
            return Outcome.NON_NUMERIC;
        }
        count(request, increment, reader.value());
        int digits = Decimal.digits(number);
        boolean inPlace = digits <= present;
        boolean fetched = mutation.fetched();
        long at = mutation.allocate(Math.max(digits, present), mutation.clientFlags(),
                inPlace && exptimeAfter != KEEP ? exptimeAfter : exptime);
        if (at == 0) {
            return Outcome.OUT_OF_MEMORY;
        }
        Decimal.write(at, number);
        if (inPlace) {
            pad(at + digits, present - digits);
            keepState(mutation.stale(), mutation.winSent(), mutation.binaryKey());
        }
        cas = mutation.commit(Engine.newCas(request));
        if (inPlace && fetched) {
            mutation.markFetched();
        }
        return Outcome.DONE;
    }

    private void pad(long address, int bytes) {
        long spaces = scratch.address() + Decimal.MAX_DIGITS;
        for (int done = 0; done < bytes; done += SPACES) {
            Memory.copy(spaces, address + done, Math.min(bytes - done, SPACES));
        }
    }

    /** A number that replaces the old one in its place leaves the rest of the item as it was. */
    private void keepState(boolean stale, boolean winSent, boolean binaryKey) {
        if (stale) {
            mutation.stale(true);
        }
        if (winSent) {
            mutation.winSent(true);
        }
        if (binaryKey) {
            mutation.binaryKey(true);
        }
    }

    /** A number with so many spaces behind it that the value is large. */
    private Outcome applyChained(Request request, boolean increment) {
        var counting = new LargeNumber(request, increment);
        var outcome = large.change(request, counting);
        if (counting.nonNumeric) {
            return Outcome.NON_NUMERIC;
        }
        if (outcome == Outcome.DONE) {
            count(request, increment, counting.present);
            cas = large.cas();
        }
        return outcome;
    }

    /** Writes the new number and spaces up to the old length. */
    private final class LargeNumber implements LargeValues.Builder {
        private final Request request;
        private final boolean increment;
        private boolean nonNumeric;
        private long present;

        LargeNumber(Request request, boolean increment) {
            this.request = request;
            this.increment = increment;
        }

        @Override
        public long bytes(ItemView item) {
            return item.valueBytes();
        }

        @Override
        public boolean build(ItemView item, Upload target) {
            if (!read(item)) {
                return false;
            }
            long result = increment ? present + request.delta
                    : Long.compareUnsigned(request.delta, present) > 0 ? 0
                    : present - request.delta;
            long start = scratch.address();
            int digits = (int) (Decimal.write(start, result) - start);
            boolean written = target.append(start, digits);
            for (long left = item.valueBytes() - digits; left > 0 && written; left -= SPACES) {
                written = target.append(start + Decimal.MAX_DIGITS, (int) Math.min(left, SPACES));
            }
            return written;
        }

        private boolean read(ItemView item) {
            var stream = item.pin();
            if (stream == null) {
                return false;
            }
            try (stream) {
                int bytes = Math.min(stream.partBytes(), MAX_NUMBER_BYTES);
                nonNumeric = !reader.readUnsigned(stream.partAddress(), bytes);
                present = reader.value();
            }
            return !nonNumeric;
        }
    }
}
