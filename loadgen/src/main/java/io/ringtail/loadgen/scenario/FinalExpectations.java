package io.ringtail.loadgen.scenario;

import io.ringtail.loadgen.breaker.BreakerState;
import org.jspecify.annotations.Nullable;

/**
 * What has to hold for the last seconds of a run; null where nothing is expected.
 *
 * @param lastSeconds that are looked at
 * @param errorRate at most, from 0 to 1
 * @param missRatio at most, from 0 to 1
 * @param p99Seconds at most, in each second
 * @param rate operations a second, at least
 * @param breaker the state of every breaker
 */
record FinalExpectations(double lastSeconds, @Nullable Double errorRate, @Nullable Double missRatio,
        @Nullable Double p99Seconds, @Nullable Double rate, @Nullable BreakerState breaker) {
    static final FinalExpectations NONE = new FinalExpectations(1, null, null, null, null, null);
}
