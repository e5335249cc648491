package io.ringtail.server.store;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;

/**
 * Native buffers of one block for the end of a value that is being sent: output, like the copies of
 * short values, and so outside the limit. Thread-safe. Kept for reuse until the store closes.
 */
final class ScratchBlocks {
    private final Arena arena;
    private final int bytes;
    private final ArrayDeque<Long> free = new ArrayDeque<>();

    ScratchBlocks(Arena arena, int bytes) {
        this.arena = arena;
        this.bytes = bytes;
    }

    synchronized long take() {
        var reused = free.pollLast();
        return reused == null ? arena.allocate(bytes, 8).address() : reused;
    }

    synchronized void give(long address) {
        free.addLast(address);
    }
}
