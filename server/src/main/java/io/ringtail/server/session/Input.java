package io.ringtail.server.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.ringtail.metrics.counters.LoopCounters;
import io.ringtail.protocol.memory.Memory;
import org.jspecify.annotations.Nullable;

/** Bytes of a connection that could not be executed yet. Owner: the connection's event loop. */
final class Input {
    private static final int SMALLEST = 1024;

    private final LoopCounters counters;
    private @Nullable ByteBuf memory;
    private int from;
    private int to;

    Input(LoopCounters counters) {
        this.counters = counters;
    }

    boolean isEmpty() {
        return from == to;
    }

    int bytes() {
        return to - from;
    }

    long address() {
        return memory == null ? 0 : memory.memoryAddress() + from;
    }

    void append(long address, int bytes) {
        var target = roomFor(bytes);
        Memory.copy(address, target.memoryAddress() + to, bytes);
        to += bytes;
    }

    /** Forgets the first {@code bytes} bytes, and gives the memory back with the last of them. */
    void discard(int bytes) {
        from += bytes;
        if (from == to) {
            release();
        }
    }

    void release() {
        if (memory != null) {
            counters.readBufCount--;
            counters.readBufBytes -= memory.capacity();
            memory.release();
            memory = null;
        }
        from = 0;
        to = 0;
    }

    private ByteBuf roomFor(int bytes) {
        var old = memory;
        if (old != null && old.capacity() - to >= bytes) {
            return old;
        }
        int needed = Math.addExact(bytes(), bytes);
        if (old != null && old.capacity() >= needed && from >= old.capacity() / 2) {
            Memory.copy(address(), old.memoryAddress(), bytes());
            to -= from;
            from = 0;
            return old;
        }
        int capacity = Math.max(SMALLEST, Integer.highestOneBit(Math.max(needed - 1, 1)) << 1);
        var larger = PooledByteBufAllocator.DEFAULT.directBuffer(capacity, capacity);
        if (old != null) {
            Memory.copy(address(), larger.memoryAddress(), bytes());
        }
        int kept = bytes();
        release();
        counters.readBufCount++;
        counters.readBufBytes += capacity;
        memory = larger;
        to = kept;
        return larger;
    }
}
