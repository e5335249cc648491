package io.ringtail.loadgen.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.ringtail.loadgen.stats.Failure;
import io.ringtail.loadgen.stats.LoopTally;
import java.util.Arrays;

/**
 * Commands that go to one server together, and where their replies stand. One entry for each key;
 * keys of one multi-get form a group. The bytes that were sent stay until all is answered, since
 * replies are compared with them. Owner: an event loop.
 */
public final class Exchange {
    private static final ByteBufAllocator MEMORY = new UnpooledByteBufAllocator(true, true);
    private static final int FIRST_BYTES = 1 << 10;
    private static final int FIRST_ENTRIES = 8;

    private final ExchangeListener listener;
    private ByteBuf out = MEMORY.directBuffer(FIRST_BYTES);
    private int written;

    private CommandKind[] kinds = new CommandKind[FIRST_ENTRIES];
    private long[] keys = new long[FIRST_ENTRIES];
    /** Where the key stands in what was sent, and how long it is. */
    private int[] keyOffsets = new int[FIRST_ENTRIES];
    private int[] keyBytes = new int[FIRST_ENTRIES];
    /** What to store after a miss. */
    private int[] valueBytes = new int[FIRST_ENTRIES];
    private int[] ttls = new int[FIRST_ENTRIES];
    private int[] groupEnds = new int[FIRST_ENTRIES];
    private int entries;
    private int next;
    /** In a multi-get: the first key whose value may still come. */
    private int sought;
    private long dueNanos;

    public Exchange(ExchangeListener listener) {
        this.listener = listener;
    }

    /** Starts anew: nothing is asked. */
    public void clear(long due) {
        written = 0;
        entries = 0;
        next = 0;
        sought = 0;
        dueNanos = due;
    }

    public boolean isEmpty() {
        return entries == 0;
    }

    public boolean isAnswered() {
        return next == entries;
    }

    public ExchangeListener listener() {
        return listener;
    }

    public long dueNanos() {
        return dueNanos;
    }

    /** What to send; whoever sends it releases it. */
    public ByteBuf bytes() {
        return out.setIndex(0, written).retain();
    }

    /** Gives the memory back; what is still being sent keeps it until then. */
    public void dispose() {
        out.release();
    }

    /** Counts everything that is not answered yet as failed. */
    public void fail(Failure why, LoopTally tally, long nowNanos) {
        while (next < entries) {
            tally.failed(kinds[next].measure(), why, nowNanos - dueNanos, 1);
            next++;
        }
    }

    // --- for the writer and the reader ---------------------------------------------------------

    /** Makes {@code bytes} bytes free and returns the address of the first. */
    long ensure(int bytes) {
        if (out.capacity() - written < bytes) {
            grow(written + bytes);
        }
        return out.memoryAddress() + written;
    }

    /** Into new memory, because a connection that failed may still hold the old. */
    private void grow(int needed) {
        var larger = MEMORY.directBuffer(Math.max(needed, 2 * out.capacity()));
        larger.setBytes(0, out, 0, written);
        out.release();
        out = larger;
    }

    void writtenTo(long address) {
        written = (int) (address - out.memoryAddress());
    }

    int enter(CommandKind kind, long key, long keyAddress, int bytes) {
        if (entries == kinds.length) {
            widen(2 * entries);
        }
        int entry = entries++;
        kinds[entry] = kind;
        keys[entry] = key;
        keyOffsets[entry] = (int) (keyAddress - out.memoryAddress());
        keyBytes[entry] = bytes;
        groupEnds[entry] = entries;
        return entry;
    }

    private void widen(int length) {
        kinds = Arrays.copyOf(kinds, length);
        keys = Arrays.copyOf(keys, length);
        keyOffsets = Arrays.copyOf(keyOffsets, length);
        keyBytes = Arrays.copyOf(keyBytes, length);
        valueBytes = Arrays.copyOf(valueBytes, length);
        ttls = Arrays.copyOf(ttls, length);
        groupEnds = Arrays.copyOf(groupEnds, length);
    }

    void group(int first) {
        Arrays.fill(groupEnds, first, entries, entries);
    }

    void afterMiss(int entry, int bytes, int ttl) {
        valueBytes[entry] = bytes;
        ttls[entry] = ttl;
    }

    int entries() {
        return entries;
    }

    int next() {
        return next;
    }

    void answeredTo(int entry) {
        next = entry;
        sought = entry;
    }

    int sought() {
        return sought;
    }

    void soughtTo(int entry) {
        sought = entry;
    }

    CommandKind kind(int entry) {
        return kinds[entry];
    }

    long key(int entry) {
        return keys[entry];
    }

    long keyAddress(int entry) {
        return out.memoryAddress() + keyOffsets[entry];
    }

    int keyBytes(int entry) {
        return keyBytes[entry];
    }

    int valueBytes(int entry) {
        return valueBytes[entry];
    }

    int ttlSeconds(int entry) {
        return ttls[entry];
    }

    int groupEnd(int entry) {
        return groupEnds[entry];
    }
}
