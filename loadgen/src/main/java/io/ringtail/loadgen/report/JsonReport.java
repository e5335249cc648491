package io.ringtail.loadgen.report;

import io.ringtail.loadgen.report.LoadReport.ServerReport;
import io.ringtail.loadgen.run.Outcome;
import io.ringtail.loadgen.run.Percentiles;
import io.ringtail.loadgen.run.Sample;
import io.ringtail.loadgen.stats.Failure;
import io.ringtail.loadgen.stats.Interval;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reports for programs: times in microseconds, one object. */
public final class JsonReport {
    private static final double MICROS = 1e3;

    private JsonReport() {}

    public static String of(LoadReport report) {
        var all = new LinkedHashMap<String, Object>();
        all.put("title", report.title());
        all.put("settings", report.settings());
        all.put("seconds", report.seconds());
        all.put("operations_per_second", report.rate());
        all.put("results", results(report.results()));
        var latency = new LinkedHashMap<String, Object>();
        report.measures().forEach((measure, it) -> latency.put(measure.text(), percentiles(it)));
        latency.put("all", percentiles(report.all()));
        all.put("latency_us", latency);
        all.put("sent_late_us", percentiles(report.lateness()));
        all.put("servers", report.servers().stream().map(JsonReport::server).toList());
        all.put("error_lines", report.errorLines());
        all.put("expectations", report.outcomes().stream().map(JsonReport::outcome).toList());
        all.put("samples", report.samples().stream().map(JsonReport::sample).toList());
        return Json.of(all);
    }

    private static Map<String, Object> results(Interval.Results results) {
        var all = new LinkedHashMap<String, Object>();
        all.put("operations", results.operations());
        all.put("succeeded", results.succeeded());
        all.put("failed", results.failures());
        all.put("error_rate", results.errorRate());
        all.put("hits", results.hits());
        all.put("misses", results.misses());
        all.put("miss_ratio", results.missRatio());
        all.put("not_found_or_not_stored", results.refused());
        all.put("leases_won", results.wins());
        all.put("leases_waited", results.waits());
        var failures = new LinkedHashMap<String, Object>();
        for (var why : Failure.values()) {
            failures.put(why.text().replace(' ', '_'), results.failed(why));
        }
        all.put("failures", failures);
        return all;
    }

    static Map<String, Object> percentiles(Percentiles it) {
        var all = new LinkedHashMap<String, Object>();
        all.put("count", it.count());
        all.put("mean", it.mean() / MICROS);
        all.put("p50", it.p50() / MICROS);
        all.put("p90", it.p90() / MICROS);
        all.put("p95", it.p95() / MICROS);
        all.put("p99", it.p99() / MICROS);
        all.put("p99.9", it.p999() / MICROS);
        all.put("max", it.max() / MICROS);
        return all;
    }

    private static Map<String, Object> server(ServerReport server) {
        var all = new LinkedHashMap<String, Object>();
        all.put("server", server.name());
        all.put("connections_made", server.connectionsMade());
        all.put("acquire_errors", server.acquireErrors());
        all.put("breaker", server.breaker());
        var transitions = new LinkedHashMap<String, Object>();
        server.transitions()
                .forEach((change, count) -> transitions
                        .put(change.from().text() + " to " + change.to().text(), count));
        all.put("breaker_transitions", transitions);
        return all;
    }

    private static Map<String, Object> outcome(Outcome outcome) {
        var all = new LinkedHashMap<String, Object>();
        all.put("expected", outcome.expected());
        all.put("held", outcome.held());
        all.put("found", outcome.found());
        return all;
    }

    private static Map<String, Object> sample(Sample sample) {
        var all = new LinkedHashMap<String, Object>();
        all.put("from", sample.fromSeconds());
        all.put("to", sample.toSeconds());
        all.put("operations_per_second", sample.rate());
        all.put("failed", sample.results().failures());
        all.put("miss_ratio", sample.results().missRatio());
        all.put("p50_us", sample.latency().p50() / MICROS);
        all.put("p99_us", sample.latency().p99() / MICROS);
        all.put("max_us", sample.latency().max() / MICROS);
        all.put("breakers", sample.breakers().stream().map(it -> it.text()).toList());
        return all;
    }
}
