package io.ringtail.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.ringtail.metrics.counters.LoopCounters;
import org.junit.jupiter.api.Test;

class ReplyMemoryTest {
    private final ReplyMemory memory = new ReplyMemory(new LoopCounters(), 1 << 20);

    @Test
    void oneChunkServesAllWhileClientsRead() {
        var chunk = memory.take(100, false);
        assertEquals(ReplyMemory.CHUNK_BYTES, chunk.bytes());
        memory.giveBack(chunk);
        assertSame(chunk, memory.take(100, false));
    }

    @Test
    void chunksStartSmallWhileOthersAreUnsent() {
        var first = memory.take(100, false);
        var unsent = first.last(first.address(), 10);
        memory.giveBack(first);
        var second = memory.take(100, false);
        assertEquals(ReplyMemory.SMALL_CHUNK_BYTES, second.bytes());
        memory.giveBack(second);
        assertEquals(ReplyMemory.CHUNK_BYTES, memory.take(100, true).bytes());
        assertEquals(ReplyMemory.CHUNK_BYTES, memory.take(10_000, false).bytes());
        assertSame(second, memory.take(100, false));
        unsent.release();
        assertSame(first, memory.take(100, false));
    }
}
