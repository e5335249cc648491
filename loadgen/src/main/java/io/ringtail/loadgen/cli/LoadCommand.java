package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.metrics.LoadMetrics;
import io.ringtail.loadgen.net.Server;
import io.ringtail.loadgen.report.JsonReport;
import io.ringtail.loadgen.report.LoadReport;
import io.ringtail.loadgen.report.TextReport;
import io.ringtail.loadgen.run.LoadRun;
import io.ringtail.loadgen.run.Monitor;
import io.ringtail.loadgen.run.Sample;
import io.ringtail.loadgen.run.WrongValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        synopsisHeading = "Usage: ", sortOptions = false, abbreviateSynopsis = true,
        usageHelpAutoWidth = true)
final class LoadCommand extends ConsoleCommand {
    // @formatter:off
    @Mixin private LoadOptions options = new LoadOptions();

    @Option(names = {"-s", "--servers"}, paramLabel = "<host:port>", split = ",",
            defaultValue = "127.0.0.1:11211",
            description = "servers, separated by commas (default: 127.0.0.1:11211)")
    private List< String> servers = new ArrayList<>();

    @Option(names = "--metrics", paramLabel = "<host:port>|off",
            description = "where Prometheus finds its metrics (default: 127.0.0.1:9090)")
    private @Nullable String metrics;

    @Option(names = "--wait", paramLabel = "<time>", converter = Durations.class,
            defaultValue = "30s",
            description = "for servers to answer at all (default: 30s)")
    private double wait = 30;

    @Option(names = "--json", paramLabel = "<file>",
            description = "write the report as JSON to this file, - for the terminal")
    private @Nullable String json;

    @Option(names = {"-q", "--quiet"}, description = "no line each second")
    private boolean quiet;
    // @formatter:on

    @Spec private @Nullable CommandSpec spec;

    LoadCommand(Console console) {
        super(console);
    }

    @Override
    int run() throws Exception {
        options.validate();
        var choice = WorkloadChoice.of(options);
        var found = found();
        var monitor = new Monitor(found, this::progress);
        try (var port = MetricsOption.open(metrics, new LoadMetrics(monitor), this::say)) {
            if (choice.wantsKeysLoaded()) {
                load(choice, found);
            }
            return drive(choice, monitor);
        } catch (WrongValueException e) {
            throw CommandFailure.wrongValue("wrong value, stopped: " + e.getMessage());
        }
    }

    private List<Server> found() throws CommandFailure {
        var addresses = ServerList.parse(servers);
        var found = new ArrayList<Server>();
        for (var address : addresses) {
            found.add(
                    ServerList.server(address, ServerList.await(address, wait), options.breaker()));
        }
        return found;
    }

    private void load(WorkloadChoice choice, List<Server> found)
            throws InterruptedException, WrongValueException {
        var monitor = new Monitor(found, sample -> {});
        new LoadRun(options.loadingPlan(), found, choice.loading(options.threads), monitor).run();
        var results = monitor.total(total -> total.results());
        if (results.failures() > 0) {
            say("of " + choice.space().keys() + " keys " + results.failures()
                    + " could not be stored before the start " + monitor.errorLines());
        }
    }

    private int drive(WorkloadChoice choice, Monitor monitor)
            throws InterruptedException, WrongValueException, IOException {
        var run = new LoadRun(options.plan(choice.keysPerGet()), monitor.servers(),
                choice.workloads(options.threads), monitor);
        try (var interrupt = new Interrupt(run::stop)) {
            run.run();
        }
        report(LoadReport.of(title(), settings(), monitor));
        return 0;
    }

    private void progress(Sample sample) {
        if (!quiet) {
            console().err().println(TextReport.line(sample));
        }
    }

    private void report(LoadReport report) throws IOException {
        if (!"-".equals(json)) {
            console().out().print(TextReport.of(report));
        }
        if (json != null) {
            var text = JsonReport.of(report) + "\n";
            if (json.equals("-")) {
                console().out().print(text);
            } else {
                Files.writeString(Path.of(json), text);
            }
        }
        console().out().flush();
    }

    private String title() {
        return "ringtail loadgen: " + options.workload + " on " + String.join(", ", servers);
    }

    private Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        if (spec != null) {
            for (var option : spec.options()) {
                Object value = option.getValue();
                if (value != null && option.longestName().startsWith("--") && !option.usageHelp()) {
                    settings.put(option.longestName().substring(2),
                            option.originalStringValues().isEmpty() ? option.defaultValueString()
                                    : String.join(",", option.originalStringValues()));
                }
            }
        }
        return settings;
    }
}
