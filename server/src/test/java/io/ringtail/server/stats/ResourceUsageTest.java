package io.ringtail.server.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ResourceUsageTest {
    @Test
    void writesMicrosecondsWithSixDigits() {
        assertEquals("0.000000", ResourceUsage.text(0, 0));
        assertEquals("12.000345", ResourceUsage.text(12, 345));
        assertEquals("12.999999", ResourceUsage.text(12, 999_999));
    }

    @Test
    void countsWhatThisProcessUsed() {
        var before = Double.parseDouble(ResourceUsage.now().user());
        while (Double.parseDouble(ResourceUsage.now().user()) <= before) {
            Math.sin(before);
        }
        assertTrue(ResourceUsage.now().user().matches("[0-9]+\\.[0-9]{6}"));
        assertTrue(ResourceUsage.now().system().matches("[0-9]+\\.[0-9]{6}"));
    }
}
