package io.ringtail.server.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LeakWatchTest {
    @Test
    void findsBuffersThatNobodyReleased() {
        lose();
        List<String> found = List.of();
        for (int attempt = 0; found.isEmpty() && attempt < 100; attempt++) {
            LeakWatch.collect();
            found = LeakWatch.found();
        }
        assertEquals(1, found.size());
        assertTrue(found.getFirst().contains("LeakWatchTest.lose"), found.getFirst());
    }

    @SuppressWarnings("CheckReturnValue")
    private static void lose() {
        PooledByteBufAllocator.DEFAULT.directBuffer(1);
    }
}
