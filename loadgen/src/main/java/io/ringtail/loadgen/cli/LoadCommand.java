package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.metrics.LoadMetrics;
import io.ringtail.loadgen.report.LoadReport;
import io.ringtail.loadgen.report.TextReport;
import io.ringtail.loadgen.run.Monitor;
import io.ringtail.loadgen.run.Outcome;
import io.ringtail.loadgen.run.Sample;
import io.ringtail.loadgen.run.WrongValueException;
import io.ringtail.loadgen.trace.TraceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ringtail loadgen}: drives memcached servers. */
@Command(name = "loadgen", description = "Drives any memcached server, one or several.",
        synopsisHeading = "Usage: ", sortOptions = false, abbreviateSynopsis = true)
final class LoadCommand extends ConsoleCommand {
    // @formatter:off
    @Option(names = {"-s", "--servers"}, paramLabel = "<host:port>", split = ",",
            defaultValue = "127.0.0.1:11211",
            description = "servers, separated by commas (default: 127.0.0.1:11211)")
    private List<String> servers = new ArrayList<>();

    @Mixin private LoadOptions options = new LoadOptions();

    @Mixin private ReportOptions reports = new ReportOptions();

    @Mixin private ScenarioOption scenario = new ScenarioOption();

    @Option(names = "--metrics", paramLabel = "<host:port>|off",
            description = "where Prometheus finds its metrics; port 0 is any that is free, and it"
                    + " says which (default: 127.0.0.1:9090)")
    private @Nullable String metrics;

    @Option(names = "--wait", paramLabel = "<time>", converter = Durations.class,
            defaultValue = "30s", description = "for servers to answer at all (default: 30s)")
    private double wait = 30;
    // @formatter:on

    @Spec private @Nullable CommandSpec spec;

    LoadCommand(Console console) {
        super(console);
    }

    @Override
    int run() throws Exception {
        options.validate();
        reports.validate();
        var choice = WorkloadChoice.of(options);
        choice.workloads();
        try (var network = scenario.network(servers, wait, options)) {
            var monitor = new Monitor(network.servers(), this::progress);
            try (var port = MetricsOption.open(metrics, new LoadMetrics(monitor), this::say)) {
                choice.load(network.servers(), this::say);
                return drive(choice, monitor, network);
            }
        } catch (WrongValueException e) {
            throw CommandFailure.wrongValue("wrong value, stopped: " + e.getMessage());
        } catch (TraceException e) {
            throw CommandFailure.usage("--trace: " + e.getMessage());
        }
    }

    private int drive(WorkloadChoice choice, Monitor monitor, ScenarioOption.Network network)
            throws Exception {
        var run = choice.run(monitor.servers(), monitor);
        List<Outcome> outcomes;
        try (var interrupt = new Interrupt(run::stop)) {
            outcomes = network.around(run, monitor, this::say);
        }
        reports.write(LoadReport.of(title(), settings(), monitor, outcomes), console());
        return outcomes.stream().allMatch(Outcome::held) ? 0 : CommandFailure.FAILED;
    }

    private void progress(Sample sample) {
        if (!reports.quiet()) {
            console().err().println(TextReport.line(sample));
        }
    }

    private String title() {
        return "ringtail loadgen: " + options.workloadName() + " on " + String.join(", ", servers);
    }

    /** What was given on the command line. */
    private Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        if (spec != null) {
            for (var option : spec.options()) {
                if (!option.originalStringValues().isEmpty()) {
                    settings.put(option.longestName().substring(2),
                            String.join(",", option.originalStringValues()));
                }
            }
        }
        return settings;
    }
}
