package io.ringtail.loadgen.compare;

import io.ringtail.loadgen.run.Monitor;
import io.ringtail.loadgen.run.Percentiles;
import io.ringtail.loadgen.stats.Interval;
import java.util.EnumMap;
import java.util.Map;

/**
 * The figures of one round against one server.
 *
 * @param failures operations that failed, which make a comparison worthless
 */
public record Round(Map<Figure, Double> figures, long failures) {
    private static final double MICROS = 1e3;
    private static final double MICROS_OF_SECOND = 1e6;

    /** From a load that is over, and the CPU time that the server spent on it. */
    public static Round of(Monitor monitor, double serverCpuSeconds) {
        var results = monitor.total(Interval::results);
        var latency = monitor.total(total -> Percentiles.of(total.latency()));
        var last = monitor.last();
        double seconds = last == null ? 0 : last.toSeconds();
        var figures = new EnumMap<Figure, Double>(Figure.class);
        figures.put(Figure.RATE, seconds == 0 ? 0 : results.succeeded() / seconds);
        if (serverCpuSeconds > 0) {
            figures.put(Figure.SERVER_CPU,
                    serverCpuSeconds * MICROS_OF_SECOND / Math.max(1, results.succeeded()));
        }
        figures.put(Figure.P50, latency.p50() / MICROS);
        figures.put(Figure.P99, latency.p99() / MICROS);
        figures.put(Figure.P999, latency.p999() / MICROS);
        return new Round(figures, results.failures());
    }
}
