package io.ringtail.server.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.protocol.memory.Memory;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class HotKeysTest {
    private static final int READS_PER_SECOND = 200_000;

    private final long key = Arena.global().allocate(32).address();
    private final HotKeys keys = new HotKeys();
    private final SplittableRandom random = new SplittableRandom(3);

    private void read(String name) {
        var bytes = name.getBytes(StandardCharsets.US_ASCII);
        Memory.copyFrom(bytes, 0, key, bytes.length);
        keys.read(key, bytes.length);
    }

    private void seconds(int seconds, int hotPercent) {
        for (int second = 0; second < seconds; second++) {
            for (int i = 0; i < READS_PER_SECOND; i++) {
                read(random.nextInt(100) < hotPercent ? "hot" : "k" + random.nextInt(100_000));
            }
            keys.tick();
        }
    }

    private static String name(HotKeys.HotKey hot) {
        return new String(hot.key(), StandardCharsets.US_ASCII);
    }

    @Test
    void findsTheHotKeyAndItsRate() {
        seconds(20, 10);
        var first = keys.top().getFirst();
        assertEquals("hot", name(first));
        double expected = READS_PER_SECOND * 0.1;
        assertTrue(Math.abs(first.perSecond() - expected) < expected * 0.4,
                "perSecond=" + first.perSecond());
        assertTrue(keys.top().size() <= 20);
    }

    @Test
    void forgetsWhatIsReadNoMore() {
        seconds(5, 50);
        assertEquals("hot", name(keys.top().getFirst()));
        seconds(30, 0);
        assertTrue(keys.top().stream().noneMatch(it -> name(it).equals("hot")));
        for (int i = 0; i < 60; i++) {
            keys.tick();
        }
        assertEquals(0, keys.top().size());
    }
}
