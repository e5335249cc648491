package io.ringtail.metrics.counters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.metrics.counters.DurationCounters.Family;
import org.junit.jupiter.api.Test;

final class DurationCountersTest {
    private final DurationCounters durations = new DurationCounters();

    @Test
    void samplesAboutOneInAHundredAndTwentyEight() {
        int samples = 0;
        for (int i = 0; i < 1_280_000; i++) {
            if (durations.isDue()) {
                durations.start(i);
                durations.finish(i + 1, Family.GET);
                samples++;
            }
        }
        assertTrue(samples > 9_000 && samples < 11_000, "samples=" + samples);
        assertEquals(samples, durations.of(Family.GET, 0));
    }

    @Test
    void putsADurationBetweenItsBounds() {
        for (long nanos : new long[] {1, 999, 1000, 1001, 10_000, 10_001, 999_999_999,
            1_000_000_000, 10_000_000_000L}) {
            var counted = new DurationCounters();
            counted.count(nanos, Family.STORE);
            int bucket = 0;
            while (counted.of(Family.STORE, bucket) == 0) {
                bucket++;
            }
            assertTrue(nanos <= DurationCounters.upperNanos(bucket), "nanos=" + nanos);
            assertTrue(bucket == 0 || nanos > DurationCounters.upperNanos(bucket - 1),
                    "nanos=" + nanos);
            assertEquals(nanos, counted.nanos(Family.STORE));
        }
    }

    @Test
    void putsWhatTakesForEverIntoTheLastBucket() {
        durations.count(11_000_000_000L, Family.OTHER);
        assertEquals(1, durations.of(Family.OTHER, DurationCounters.buckets() - 1));
    }

    @Test
    void forgetsASampleThatIsCancelled() {
        durations.start(5);
        durations.cancel();
        assertTrue(!durations.isStarted());
        for (int bucket = 0; bucket < DurationCounters.buckets(); bucket++) {
            assertEquals(0, durations.of(Family.OTHER, bucket));
        }
    }

    @Test
    void addsAndTakesAway() {
        durations.count(20_000, Family.GET);
        var sum = new DurationCounters();
        sum.add(durations, 1);
        sum.add(durations, 1);
        assertEquals(40_000, sum.nanos(Family.GET));
        sum.add(durations, -1);
        assertEquals(20_000, sum.nanos(Family.GET));
    }
}
