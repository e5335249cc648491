package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.ServerAddress;
import io.ringtail.loadgen.client.TextClient;
import io.ringtail.loadgen.compare.Figure;
import io.ringtail.loadgen.compare.Ratio;
import io.ringtail.loadgen.compare.Round;
import io.ringtail.loadgen.net.Server;
import io.ringtail.loadgen.report.Json;
import io.ringtail.loadgen.run.Monitor;
import io.ringtail.loadgen.run.WrongValueException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringtail loadgen compare}: the same load on two servers in turn, A B A B. */
@Command(name = "compare", description = "Runs the same load on two servers in turn and prints"
        + " ratios, B over A, with the interval that holds the true one in 95 of 100 cases.",
        synopsisHeading = "Usage: ", sortOptions = false, abbreviateSynopsis = true)
final class CompareCommand extends ConsoleCommand {
    private static final double DEFAULT_SECONDS = 3;
    private static final double WAIT_SECONDS = 30;
    private static final int STATS_MILLIS = 5_000;

    // @formatter:off
    @Parameters(index = "0", paramLabel = "A", description = "HOST:PORT of the first server")
    private String a = "";

    @Parameters(index = "1", paramLabel = "B", description = "HOST:PORT of the second server")
    private String b = "";

    @Mixin private LoadOptions options = new LoadOptions();

    @Option(names = "--rounds", paramLabel = "<n>", defaultValue = "5",
            description = "rounds of each; --duration is that of one (default: 5, of 3s)")
    private int rounds = 5;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;
    // @formatter:on

    CompareCommand(Console console) {
        super(console);
    }

    @Override
    int run() throws Exception {
        options.validate();
        if (rounds < 1) {
            throw CommandFailure.usage("--rounds: at least one");
        }
        if (options.duration == 0) {
            options.duration = DEFAULT_SECONDS;
        }
        try {
            return compare(WorkloadChoice.of(options));
        } catch (WrongValueException e) {
            throw CommandFailure.wrongValue("wrong value, stopped: " + e.getMessage());
        }
    }

    private int compare(WorkloadChoice choice) throws Exception {
        var names = ServerList.parse(List.of(a, b));
        var servers = new ArrayList<Server>();
        for (var name : names) {
            var server = ServerList.server(name, ServerList.await(name, WAIT_SECONDS),
                    options.breaker());
            servers.add(server);
            choice.load(List.of(server), this::say);
            round(choice, name, server);
        }
        var figures = List.of(new ArrayList<Round>(), new ArrayList<Round>());
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < servers.size(); i++) {
                figures.get(i).add(round(choice, names.get(i), servers.get(i)));
            }
        }
        print(ratios(figures.get(0), figures.get(1)));
        long failures = figures.stream().flatMap(List::stream).mapToLong(Round::failures).sum();
        if (failures > 0) {
            say(failures + " operations failed: the ratios say nothing");
            return CommandFailure.FAILED;
        }
        return 0;
    }

    private Round round(WorkloadChoice choice, ServerAddress name, Server server) throws Exception {
        var monitor = new Monitor(List.of(server), sample -> {});
        double before = cpuSeconds(name);
        choice.run(List.of(server), monitor).run();
        return Round.of(monitor, cpuSeconds(name) - before);
    }

    /** All that the server says it used. */
    private static double cpuSeconds(ServerAddress server) throws IOException {
        try (var client = TextClient.connect(server, STATS_MILLIS)) {
            var stats = client.stats("");
            return seconds(stats, "rusage_user") + seconds(stats, "rusage_system");
        }
    }

    private static double seconds(Map<String, String> stats, String name) {
        try {
            return Double.parseDouble(stats.getOrDefault(name, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Map<Figure, Ratio> ratios(List<Round> a, List<Round> b) {
        var ratios = new EnumMap<Figure, Ratio>(Figure.class);
        for (var figure : Figure.values()) {
            var ofA = values(a, figure);
            var ofB = values(b, figure);
            if (ofA.size() == a.size() && ofB.size() == b.size()) {
                ratios.put(figure, Ratio.of(ofA, ofB, 1));
            }
        }
        return ratios;
    }

    private static List<Double> values(List<Round> rounds, Figure figure) {
        return rounds.stream()
                .map(Round::figures)
                .filter(it -> it.containsKey(figure))
                .map(it -> it.getOrDefault(figure, 0.0))
                .toList();
    }

    private void print(Map<Figure, Ratio> ratios) {
        if (json) {
            printJson(ratios);
            return;
        }
        var out = console().out();
        out.println("A " + a + ", B " + b + ": " + options.workloadName() + ", " + rounds
                + " rounds each, in turn");
        line("%-24s %14s %14s %8s   %s", "", "A", "B", "B/A", "95 % interval");
        ratios.forEach((figure, it) -> line("%-24s %,14.1f %,14.1f %8.3f   %.3f to %.3f",
                figure.text(), it.a(), it.b(), it.median(), it.low(), it.high()));
        out.flush();
    }

    private void line(String format, Object... values) {
        console().out().println(String.format(Locale.ROOT, format, values));
    }

    private void printJson(Map<Figure, Ratio> ratios) {
        var all = new LinkedHashMap<String, Object>();
        all.put("a", a);
        all.put("b", b);
        all.put("workload", options.workloadName());
        all.put("rounds", rounds);
        ratios.forEach((figure, it) -> {
            var one = new LinkedHashMap<String, Object>();
            one.put("a", it.a());
            one.put("b", it.b());
            one.put("ratio", it.median());
            one.put("low", it.low());
            one.put("high", it.high());
            all.put(figure.name().toLowerCase(Locale.ROOT), one);
        });
        console().out().println(Json.of(all));
        console().out().flush();
    }
}
