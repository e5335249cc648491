package io.ringtail.cluster.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ForwardWindowTest {
    @Test
    void findsEveryOpenCommandInAnyOrderOfReplies() {
        long seed = 20260801;
        var random = new Random(seed);
        var window = new ForwardWindow();
        var open = new HashMap<Integer, ForwardReply>();
        long bytes = 0;
        for (int step = 0; step < 100_000; step++) {
            if (open.isEmpty() || random.nextInt(100) < (step / 10_000 % 2 == 0 ? 55 : 45)) {
                var reply = new RecordingReply();
                open.put(window.add(reply, 3), reply);
                bytes += 3;
            } else {
                var numbers = new ArrayList<>(open.keySet());
                int number = numbers.get(random.nextInt(numbers.size()));
                assertSame(open.remove(number), window.get(number));
                window.remove(number);
                bytes -= 3;
                assertNull(window.get(number));
            }
            assertEquals(open.size(), window.open());
            assertEquals(bytes, window.bytes());
        }
        for (var entry : open.entrySet()) {
            assertSame(entry.getValue(), window.get(entry.getKey()));
        }
        window.drain(window.next(), (number, reply) -> assertSame(open.remove(number), reply));
        assertTrue(open.isEmpty());
        assertTrue(window.isEmpty());
        assertEquals(0, window.bytes());
    }

    @Test
    void numbersNobodyUsesAreUnknown() {
        var window = new ForwardWindow();
        int number = window.add(new RecordingReply(), 1);
        assertNull(window.get(number + 1));
        assertNull(window.get(number - 1));
        assertNull(window.get(number + (1 << 30)));
    }
}
