package io.ringtail.loadgen.report;

import io.ringtail.loadgen.breaker.BreakerState;
import io.ringtail.loadgen.report.LineChart.Line;
import io.ringtail.loadgen.run.Percentiles;
import io.ringtail.loadgen.run.Sample;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A report as one page that needs nothing else: tables and charts, light or dark. */
public final class HtmlReport {
    private static final double MILLIS = 1e6;
    private static final int PERCENT = 100;
    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6778;--page:#fff;--panel:#f5f7fa;
            --line:#d9dfe7;--a:#2563c9;--b:#d9822b;--c:#c23b4e;--good:#3a9a5b;--half:#d9a62b}
            @media (prefers-color-scheme:dark){:root{--ink:#e4e9f0;--soft:#9aa7b8;--page:#12161c;
            --panel:#1b212a;--line:#323b48;--a:#6aa5ff;--b:#f0a55a;--c:#f0707f;--good:#59c07d;
            --half:#e5bf5a}}
            body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page);
            max-width:60rem;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.5rem}h2{font-size:1.05rem;margin:2rem 0 .5rem}
            .big{display:flex;flex-wrap:wrap;gap:1rem}
            .big div{background:var(--panel);border-radius:.5rem;padding:.7rem 1.1rem;flex:1 1 9rem}
            .big b{display:block;font-size:1.5rem}.big span{color:var(--soft)}
            table{border-collapse:collapse;width:100%}.wide{overflow-x:auto}
            td,th{padding:.25rem .6rem;text-align:right;border-bottom:1px solid var(--line);
            font-variant-numeric:tabular-nums}th:first-child,td:first-child{text-align:left}
            th{color:var(--soft);font-weight:500}
            svg{width:100%;background:var(--panel);border-radius:.5rem}
            polyline{fill:none;stroke-width:1.8;stroke-linejoin:round}.grid{stroke:var(--line)}
            .mark{fill:var(--soft);font-size:11px}
            polyline.a{stroke:var(--a)}polyline.b{stroke:var(--b)}polyline.c{stroke:var(--c)}
            circle.a,rect.a{fill:var(--a)}circle.b{fill:var(--b)}circle.c{fill:var(--c)}
            rect.closed{fill:var(--good)}rect.half-open{fill:var(--half)}rect.open{fill:var(--c)}
            .legend{margin:.3rem 0;color:var(--soft)}.legend span{margin-right:1rem}
            .legend span::before{content:'';display:inline-block;width:.8rem;height:.2rem;
            margin-right:.4rem;vertical-align:middle;background:var(--soft)}
            .legend .a::before{background:var(--a)}.legend .b::before{background:var(--b)}
            .legend .c::before{background:var(--c)}
            .legend .closed::before{background:var(--good)}
            .legend .half-open::before{background:var(--half)}
            .legend .open::before{background:var(--c)}
            code{font-size:.9em}""";

    private final LoadReport report;
    private final StringBuilder page = new StringBuilder();

    private HtmlReport(LoadReport report) {
        this.report = report;
    }

    public static String of(LoadReport report) {
        return new HtmlReport(report).write();
    }

    private String write() {
        add("<!doctype html><html lang='en'><head><meta charset='utf-8'><title>%s</title>"
                + "<meta name='viewport' content='width=device-width,initial-scale=1'>",
                escaped(report.title()));
        page.append("<style>").append(STYLE).append("</style></head><body>");
        add("<h1>%s</h1>", escaped(report.title()));
        appendHeadline();
        appendOutcomes();
        appendCharts();
        appendLatencies();
        appendServers();
        appendSettings();
        return page.append("</body></html>\n").toString();
    }

    private void appendHeadline() {
        var results = report.results();
        page.append("<div class='big'>");
        figure("%,.0f", report.rate(), "operations a second");
        figure("%s", millis(report.all().p50()), "ms, half took at most");
        figure("%s", millis(report.all().p99()), "ms, 99 % took at most");
        figure("%.2f %%", PERCENT * (1 - results.missRatio()), "of reads hit");
        figure("%.3f %%", PERCENT * results.errorRate(), "failed");
        add("</div><p>%,d operations in %.1f seconds.</p>", results.operations(), report.seconds());
    }

    private void appendOutcomes() {
        report.outcomes()
                .forEach(it -> add("<p><b>%s</b> %s <i>(%s)</i></p>",
                        it.held() ? "held:" : "NOT HELD:", escaped(it.expected()),
                        escaped(it.found())));
    }

    private void figure(String format, Object value, String what) {
        add("<div><b>" + format + "</b><span>%s</span></div>", value, what);
    }

    private void appendCharts() {
        var samples = report.samples();
        var times = samples.stream().map(Sample::toSeconds).toList();
        page.append("<h2>Operations a second</h2>")
                .append(LineChart.of(times,
                        List.of(line("succeeded", "a", Sample::rate),
                                line("failed", "c", it -> it.results().failures()
                                        / Math.max(1e-3, it.toSeconds() - it.fromSeconds())))));
        page.append("<h2>Latency, milliseconds</h2>")
                .append(LineChart.of(times,
                        List.of(line("longest", "c", it -> it.latency().max() / MILLIS),
                                line("p99", "b", it -> it.latency().p99() / MILLIS),
                                line("p50", "a", it -> it.latency().p50() / MILLIS))));
        if (samples.stream().anyMatch(it -> it.results().hits() + it.results().misses() > 0)) {
            page.append("<h2>Reads that missed, percent</h2>")
                    .append(LineChart.of(times, List
                            .of(line("misses", "a", it -> PERCENT * it.results().missRatio()))));
        }
        appendBreakers();
    }

    private Line line(String name, String style, ToDoubleFunction<Sample> value) {
        return new Line(name, style,
                report.samples()
                        .stream()
                        .map(it -> Double.valueOf(value.applyAsDouble(it)))
                        .toList());
    }

    /** A stripe for each server: its breaker's state at the end of each second. */
    private void appendBreakers() {
        page.append("<h2>Circuit breakers</h2>");
        for (int server = 0; server < report.servers().size(); server++) {
            add("<div>%s</div><svg viewBox='0 0 720 16' preserveAspectRatio='none'>",
                    escaped(report.servers().get(server).name()));
            for (var sample : report.samples()) {
                double scale = 720 / Math.max(1e-3, report.seconds());
                add("<rect class='%s' x='%.2f' y='0' height='16' width='%.2f'/>",
                        sample.breakers().get(server).text(), sample.fromSeconds() * scale,
                        (sample.toSeconds() - sample.fromSeconds()) * scale);
            }
            page.append("</svg>");
        }
        page.append("<p class='legend'>");
        for (var state : BreakerState.values()) {
            add("<span class='%s'>%s</span>", state.text(), state.text());
        }
        page.append("</p>");
    }

    private void appendLatencies() {
        page.append("<h2>Latencies, milliseconds</h2><div class='wide'><table><tr><th></th>"
                + "<th>count</th><th>mean</th><th>p50</th><th>p90</th><th>p95</th><th>p99</th>"
                + "<th>p99.9</th><th>max</th></tr>");
        report.measures().forEach((measure, it) -> row(measure.text(), it));
        row("all", report.all());
        if (report.lateness().count() > 0) {
            row("sent late by", report.lateness());
        }
        page.append("</table></div>");
    }

    private void row(String name, Percentiles it) {
        add("<tr><td>%s</td><td>%,d</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td>"
                + "<td>%s</td><td>%s</td></tr>", name, it.count(), millis((long) it.mean()),
                millis(it.p50()), millis(it.p90()), millis(it.p95()), millis(it.p99()),
                millis(it.p999()), millis(it.max()));
    }

    private void appendServers() {
        page.append("<h2>Servers</h2><div class='wide'><table><tr><th></th><th>connections made"
                + "</th><th>requests without one</th><th>breaker at the end</th></tr>");
        for (var server : report.servers()) {
            add("<tr><td>%s</td><td>%,d</td><td>%,d</td><td>%s</td></tr>", escaped(server.name()),
                    server.connectionsMade(), server.acquireErrors(), server.breaker());
        }
        page.append("</table></div>");
        report.errorLines()
                .forEach((said, count) -> add("<p>%,d times: <code>%s</code></p>", count,
                        escaped(said)));
    }

    private void appendSettings() {
        page.append("<h2>Settings</h2><p>");
        report.settings()
                .forEach((name, value) -> add("<code>--%s %s</code> ", escaped(name),
                        escaped(value)));
        page.append("</p>");
    }

    private static String millis(long nanos) {
        return text(nanos < 10 * MILLIS ? "%.3f" : "%.1f", nanos / MILLIS);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&quot;");
    }

    private void add(String format, Object... values) {
        page.append(text(format, values));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
