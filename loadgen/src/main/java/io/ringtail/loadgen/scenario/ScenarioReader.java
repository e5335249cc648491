package io.ringtail.loadgen.scenario;

import io.ringtail.loadgen.breaker.BreakerState;
import io.ringtail.loadgen.proxy.Faults;
import io.ringtail.loadgen.scenario.Scenario.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Turns a YAML file into a scenario. Unknown names are mistakes. */
final class ScenarioReader {
    private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|)");
    private static final Set<String> TOP = Set.of("name", "duration", "steps", "expect");
    private static final Set<String> ACTIONS =
            Set.of("stop", "start", "reset", "pause", "slow", "restore", "rate");
    private static final Set<String> OF_SLOW = Set.of("latency", "jitter", "bandwidth");
    private static final Set<String> OF_BREAKER = Set.of("breaker", "server", "within");
    private static final Set<String> OF_END =
            Set.of("last", "error-rate", "miss-ratio", "p99", "rate", "breaker");
    private static final int MILLIS = 1_000;

    private final YamlFile yaml;
    private final Path file;
    private final int servers;

    ScenarioReader(Path file, int servers) {
        this.file = file;
        this.servers = servers;
        this.yaml = new YamlFile(file);
    }

    Scenario read() {
        var root = yaml.root();
        root.forEach((name, node) -> check(TOP.contains(name), node,
                "there is no '" + name + "' in a scenario, only " + names(TOP)));
        var steps = new ArrayList<Step>();
        var listed = root.get("steps");
        if (listed != null) {
            yaml.list(listed).forEach(node -> steps.add(step(node)));
        }
        double last = steps.stream().mapToDouble(Step::atSeconds).max().orElse(0);
        var duration = root.get("duration");
        if (duration == null) {
            throw new ScenarioException(file + " has no duration");
        }
        check(seconds(duration) > last, duration, "the last step comes after the end");
        var name = root.get("name");
        var expect = root.get("expect");
        return new Scenario(name == null ? String.valueOf(file.getFileName()) : yaml.text(name),
                seconds(duration), steps,
                expect == null ? FinalExpectations.NONE : expectations(expect));
    }

    private Step step(Node node) {
        var entries = yaml.map(node);
        var at = entries.remove("at");
        var expect = entries.remove("expect");
        if (at == null) {
            throw yaml.wrong(node, "a step needs a time: at: 2s");
        }
        var names = entries.keySet().stream().filter(ACTIONS::contains).toList();
        check(names.size() == 1, node, "a step does one thing of " + names(ACTIONS));
        var name = names.getFirst();
        var what = entries.get(name);
        if (what == null) {
            throw new IllegalStateException("name=" + name);
        }
        entries.keySet()
                .forEach(it -> check(it.equals(name) || name.equals("slow") && OF_SLOW.contains(it),
                        node, "there is no '" + it + "' in a step that says " + name));
        var action = action(name, what, entries);
        return new Step(seconds(at), action, name + " " + yaml.text(what),
                expect == null ? null : breaker(expect, action));
    }

    private Action action(String name, Node what, Map<String, Node> entries) {
        if (name.equals("rate")) {
            return new Action.Rate(yaml.number(what));
        }
        int server = server(what);
        return switch (name) {
            case "stop" -> new Action.Stop(server);
            case "start" -> new Action.Start(server);
            case "reset" -> new Action.Reset(server);
            case "pause" -> new Action.Mistreat(server, Faults.SILENCE);
            case "slow" -> new Action.Mistreat(server, new Faults(millis(entries.get("latency")),
                    millis(entries.get("jitter")), bytes(entries.get("bandwidth")), false));
            default -> new Action.Mistreat(server, Faults.NONE);
        };
    }

    private BreakerExpectation breaker(Node node, Action action) {
        var entries = yaml.map(node);
        entries.forEach((name, it) -> check(OF_BREAKER.contains(name), it,
                "there is no '" + name + "' to expect of a step, only " + names(OF_BREAKER)));
        var state = entries.get("breaker");
        var within = entries.get("within");
        var server = entries.get("server");
        if (state == null || within == null) {
            throw yaml.wrong(node, "say which state and when: {breaker: open, within: 1s}");
        }
        return new BreakerExpectation(server == null ? of(action) : server(server), state(state),
                seconds(within));
    }

    private static int of(Action action) {
        return switch (action) {
            case Action.Stop it -> it.server();
            case Action.Start it -> it.server();
            case Action.Reset it -> it.server();
            case Action.Mistreat it -> it.server();
            case Action.Rate it -> 0;
        };
    }

    private FinalExpectations expectations(Node node) {
        var entries = yaml.map(node);
        entries.forEach((name, it) -> check(OF_END.contains(name), it,
                "there is no '" + name + "' to expect at the end, only " + names(OF_END)));
        var last = entries.get("last");
        var p99 = entries.get("p99");
        var breaker = entries.get("breaker");
        return new FinalExpectations(last == null ? 1 : seconds(last),
                number(entries.get("error-rate")), number(entries.get("miss-ratio")),
                p99 == null ? null : Double.valueOf(seconds(p99)), number(entries.get("rate")),
                breaker == null ? null : state(breaker));
    }

    private int server(Node node) {
        double number = yaml.number(node);
        check(number == Math.rint(number) && number < servers, node, "there is no server "
                + yaml.text(node) + ": they are numbered from 0 to " + (servers - 1));
        return (int) number;
    }

    private BreakerState state(Node node) {
        var text = yaml.text(node);
        return Arrays.stream(BreakerState.values())
                .filter(it -> it.text().equals(text))
                .findFirst()
                .orElseThrow(() -> yaml.wrong(node,
                        "a breaker is closed, half-open or open, not '" + text + "'"));
    }

    private double seconds(Node node) {
        var matcher = TIME.matcher(yaml.text(node));
        check(matcher.matches(), node,
                "'" + yaml.text(node) + "' is not a time: write 500ms, 2s or 1m");
        double number = Double.parseDouble(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> number / MILLIS;
            case "m" -> number * 60;
            default -> number;
        };
    }

    private long millis(@Nullable Node node) {
        return node == null ? 0 : Math.round(seconds(node) * MILLIS);
    }

    private long bytes(@Nullable Node node) {
        return node == null ? 0 : Math.round(yaml.number(node));
    }

    private @Nullable Double number(@Nullable Node node) {
        return node == null ? null : Double.valueOf(yaml.number(node));
    }

    private void check(boolean holds, Node node, String otherwise) {
        if (!holds) {
            throw yaml.wrong(node, otherwise);
        }
    }

    private static String names(Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }
}
