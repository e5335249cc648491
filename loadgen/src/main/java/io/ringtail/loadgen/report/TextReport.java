package io.ringtail.loadgen.report;

import io.ringtail.loadgen.report.LoadReport.ServerReport;
import io.ringtail.loadgen.run.Percentiles;
import io.ringtail.loadgen.run.Sample;
import io.ringtail.loadgen.stats.Failure;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Reports as people read them in a terminal. */
public final class TextReport {
    private static final double MICROS = 1e3;
    private static final double MILLIS = 1e6;
    private static final int PERCENT = 100;

    private TextReport() {}

    /** One line while a load runs. */
    public static String line(Sample sample) {
        var results = sample.results();
        return text("%7.1f s %,11.0f op/s   p50 %s   p99 %s   hits %5.1f %%   failed %,d%s",
                sample.toSeconds(), sample.rate(), duration(sample, Percentiles::p50),
                duration(sample, Percentiles::p99),
                PERCENT * (results.hits() + results.misses() == 0 ? 0 : 1 - results.missRatio()),
                results.failures(), breakers(sample));
    }

    /** Nothing where nothing was answered. */
    private static String duration(Sample sample, ToLongFunction<Percentiles> which) {
        var latency = sample.latency();
        return latency.count() == 0 ? "        -" : duration(which.applyAsLong(latency));
    }

    private static String breakers(Sample sample) {
        boolean allClosed = sample.breakers().stream().allMatch(it -> it.ordinal() == 0);
        return allClosed ? ""
                : "   breakers " + sample.breakers()
                        .stream()
                        .map(it -> it.text())
                        .reduce((a, b) -> a + "," + b)
                        .orElse("");
    }

    public static String of(LoadReport report) {
        var text = new StringBuilder();
        text.append(report.title()).append('\n');
        line(text, "%,d operations in %.1f s: %,.0f a second, %,d failed (%.3f %%)",
                report.results().operations(), report.seconds(), report.rate(),
                report.results().failures(), PERCENT * report.results().errorRate());
        line(text, "%-8s %12s %9s %9s %9s %9s %9s %9s", "", "count", "mean", "p50", "p95", "p99",
                "p99.9", "max");
        report.measures().forEach((measure, it) -> row(text, measure.text(), it));
        if (report.measures().size() > 1) {
            row(text, "all", report.all());
        }
        if (report.lateness().count() > 0) {
            row(text, "sent late", report.lateness());
        }
        appendReads(text, report);
        for (var why : Failure.values()) {
            if (report.results().failed(why) > 0) {
                line(text, "failed: %,d %s", report.results().failed(why), why.text());
            }
        }
        report.errorLines().forEach((said, count) -> line(text, "%,d times: %s", count, said));
        report.servers().forEach(it -> append(text, it));
        report.outcomes()
                .forEach(it -> line(text, "%s: %s (%s)", it.held() ? "held" : "NOT HELD",
                        it.expected(), it.found()));
        return text.toString();
    }

    private static void appendReads(StringBuilder text, LoadReport report) {
        var results = report.results();
        if (results.hits() + results.misses() > 0) {
            line(text, "reads: %,d hits, %,d misses (miss ratio %.4f)", results.hits(),
                    results.misses(), results.missRatio());
        }
        if (results.wins() + results.waits() > 0) {
            line(text, "leases: %,d won, %,d had to wait for who won", results.wins(),
                    results.waits());
        }
        if (results.refused() > 0) {
            line(text, "not found or not stored: %,d", results.refused());
        }
    }

    private static void append(StringBuilder text, ServerReport server) {
        line(text, "%s: %,d connections made, %,d requests without one, breaker %s%s",
                server.name(), server.connectionsMade(), server.acquireErrors(), server.breaker(),
                transitions(server));
    }

    private static String transitions(ServerReport server) {
        var text = new StringBuilder();
        server.transitions()
                .forEach((change, count) -> text.append(", ")
                        .append(change.from().text())
                        .append(" -> ")
                        .append(change.to().text())
                        .append(' ')
                        .append(count == 1 ? "once" : count + " times"));
        return text.toString();
    }

    private static void row(StringBuilder text, String name, Percentiles it) {
        line(text, "%-8s %,12d %s %s %s %s %s %s", name, it.count(), duration((long) it.mean()),
                duration(it.p50()), duration(it.p95()), duration(it.p99()), duration(it.p999()),
                duration(it.max()));
    }

    /** Nine characters: microseconds below 10 ms, else milliseconds. */
    static String duration(long nanos) {
        return nanos < 10 * MILLIS ? text("%6.0f us", nanos / MICROS)
                : text("%6.1f ms", nanos / MILLIS);
    }

    private static void line(StringBuilder to, String format, Object... values) {
        to.append(text(format, values)).append('\n');
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
