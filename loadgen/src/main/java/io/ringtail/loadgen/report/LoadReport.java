package io.ringtail.loadgen.report;

import io.ringtail.loadgen.breaker.ServerBreaker.Transition;
import io.ringtail.loadgen.run.Monitor;
import io.ringtail.loadgen.run.Outcome;
import io.ringtail.loadgen.run.Percentiles;
import io.ringtail.loadgen.run.Sample;
import io.ringtail.loadgen.stats.Interval;
import io.ringtail.loadgen.stats.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a load found out.
 *
 * @param title one line about what was run
 * @param settings what was asked for, by name
 * @param measures latencies by operation, of those that happened
 * @param lateness how late operations were sent that nothing was in the way of
 * @param outcomes what became of a scenario's expectations
 */
public record LoadReport(String title, Map<String, String> settings, double seconds,
        Interval.Results results, Map<Measure, Percentiles> measures, Percentiles all,
        Percentiles lateness, List<Sample> samples, List<ServerReport> servers,
        Map<String, Long> errorLines, List<Outcome> outcomes) {
    /** What became of one server's connections and breaker. */
    public record ServerReport(String name, long connectionsMade, long acquireErrors,
            Map<Transition, Long> transitions, String breaker) {}

    public static LoadReport of(String title, Map<String, String> settings, Monitor monitor,
            List<Outcome> outcomes) {
        var samples = monitor.samples();
        var servers = new ArrayList<ServerReport>();
        for (var server : monitor.servers()) {
            servers.add(new ServerReport(server.name(), server.pool().createdTotal(),
                    server.pool().acquireErrorsTotal(), server.breaker().transitions(),
                    server.breaker().state().text()));
        }
        return monitor.total(total -> new LoadReport(title, settings,
                samples.isEmpty() ? 0 : samples.getLast().toSeconds(), total.results(),
                measures(total), Percentiles.of(total.latency()), Percentiles.of(total.lateness()),
                samples, servers, monitor.errorLines(), outcomes));
    }

    private static Map<Measure, Percentiles> measures(Interval total) {
        var measures = new LinkedHashMap<Measure, Percentiles>();
        for (var measure : Measure.values()) {
            var percentiles = Percentiles.of(total.latency(measure));
            if (percentiles.count() > 0) {
                measures.put(measure, percentiles);
            }
        }
        return measures;
    }

    /** Operations a second that had a result. */
    public double rate() {
        return seconds <= 0 ? 0 : results.succeeded() / seconds;
    }
}
