package io.ringtail.loadgen.run;

import io.ringtail.loadgen.breaker.BreakerState;
import io.ringtail.loadgen.stats.Interval;
import java.util.List;

/**
 * About one second of a load.
 *
 * @param toSeconds when it ended, counted from the start
 * @param breakers the state of each server's breaker at its end
 */
public record Sample(double fromSeconds, double toSeconds, Interval.Results results,
        Percentiles latency, List<BreakerState> breakers) {
    /** Operations that had a result, each second. */
    public double rate() {
        double seconds = toSeconds - fromSeconds;
        return seconds <= 0 ? 0 : results.succeeded() / seconds;
    }
}
