package io.ringtail.metrics.counters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LoopCountersTest {
    @Test
    void addsAndTakesAwayEveryCounter() throws IllegalAccessException {
        var counted = new LoopCounters();
        for (var field : LoopCounters.class.getFields()) {
            field.setLong(counted, 3);
        }
        var sum = new LoopCounters();
        sum.add(counted, 1);
        sum.add(counted, 1);
        for (var field : LoopCounters.class.getFields()) {
            assertEquals(6, field.getLong(sum), field.getName());
        }
        sum.add(counted, -1);
        for (var field : LoopCounters.class.getFields()) {
            assertEquals(3, field.getLong(sum), field.getName());
        }
    }
}
