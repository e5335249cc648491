package io.ringtail.server.stats;

import io.ringtail.server.execution.TurnTimes;
import io.ringtail.server.execution.TurnTimes.Reading;
import java.util.List;

/** What {@code --time-turns} adds to {@code stats}. Owner: the event loop that reports. */
final class TurnsReport {
    private static final int NANOS_PER_MICRO = 1000;

    private final Figures figures;

    TurnsReport(Figures figures) {
        this.figures = figures.behind("ringtail_");
    }

    /** Nothing where turns are not timed. */
    void write(List<TurnTimes> loops) {
        if (loops.isEmpty()) {
            return;
        }
        var all = loops.stream().map(TurnTimes::read).reduce(Reading.NONE, Reading::with);
        figures.number("turns", all.turns());
        figures.number("turn_longest_us", all.longestNanos() / NANOS_PER_MICRO);
        figures.number("turn_longest_tasks_us", all.longestTasksNanos() / NANOS_PER_MICRO);
        figures.number("turns_over_1ms", all.overOneMillisecond());
        figures.number("turns_over_2ms", all.overTwoMilliseconds());
    }
}
