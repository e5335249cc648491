package io.ringtail.metrics.counters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LoopCountersTest {
    @Test
    void addsAndTakesAwayEveryCounter() throws IllegalAccessException {
        var counted = new LoopCounters();
        for (var field : numbers()) {
            field.setLong(counted, 3);
        }
        var sum = new LoopCounters();
        sum.add(counted, 1);
        sum.add(counted, 1);
        for (var field : numbers()) {
            assertEquals(6, field.getLong(sum), field.getName());
        }
        sum.add(counted, -1);
        for (var field : numbers()) {
            assertEquals(3, field.getLong(sum), field.getName());
        }
    }

    @Test
    void addsUpCountersOfSizeClasses() {
        var counted = new LoopCounters();
        counted.classes.count(63, SizeClassCounters.TOUCH_HITS);
        counted.classes.count(1, SizeClassCounters.GET_HITS);
        var sum = new LoopCounters();
        sum.add(counted, 1);
        sum.add(counted, 1);
        assertEquals(2, sum.classes.counted(63, SizeClassCounters.TOUCH_HITS));
        assertEquals(2, sum.classes.counted(1, SizeClassCounters.GET_HITS));
        assertEquals(0, sum.classes.counted(1, SizeClassCounters.CMD_SET));
    }

    @Test
    void addsAndTakesAwayWhatWasForwarded() throws IllegalAccessException {
        var counted = new LoopCounters();
        for (var field : ForwardCounters.class.getFields()) {
            field.setLong(counted.forwards, 3);
        }
        var sum = new LoopCounters();
        sum.add(counted, 1);
        sum.add(counted, 1);
        sum.add(counted, -1);
        for (var field : ForwardCounters.class.getFields()) {
            assertEquals(3, field.getLong(sum.forwards), field.getName());
        }
    }

    private static List<Field> numbers() {
        return Arrays.stream(LoopCounters.class.getFields())
                .filter(field -> field.getType() == long.class)
                .toList();
    }
}
