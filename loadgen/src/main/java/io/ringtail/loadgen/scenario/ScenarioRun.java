package io.ringtail.loadgen.scenario;

import io.ringtail.loadgen.net.Server;
import io.ringtail.loadgen.proxy.FaultProxy;
import io.ringtail.loadgen.run.LoadRun;
import io.ringtail.loadgen.run.Monitor;
import io.ringtail.loadgen.run.Outcome;
import io.ringtail.loadgen.run.Sample;
import io.ringtail.loadgen.scenario.Scenario.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out a scenario's steps on a thread of its own while a load runs. */
public final class ScenarioRun {
    private static final Logger LOG = LoggerFactory.getLogger(ScenarioRun.class);
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final double MILLIS = 1e3;

    private final Scenario scenario;
    private final List<FaultProxy> proxies;
    private final Monitor monitor;
    private final Consumer<String> said;
    private final List<Outcome> outcomes = new ArrayList<>();
    private volatile boolean over;

    /** A proxy for each server of the monitor. */
    public ScenarioRun(Scenario scenario, List<FaultProxy> proxies, Monitor monitor,
            Consumer<String> said) {
        this.scenario = scenario;
        this.proxies = List.copyOf(proxies);
        this.monitor = monitor;
        this.said = said;
    }

    /** Runs the load to its end, and returns what became of all expectations. */
    public List<Outcome> around(LoadRun run, LoadCall load) throws Exception {
        long start = System.nanoTime();
        var steps = Thread.ofVirtual().name("scenario").start(() -> carryOut(run, start));
        try {
            load.run();
        } finally {
            over = true;
            LockSupport.unpark(steps);
            steps.join();
        }
        var all = new ArrayList<>(outcomes);
        all.addAll(atTheEnd());
        return all;
    }

    /** Runs a load. */
    @FunctionalInterface
    public interface LoadCall {
        void run() throws Exception;
    }

    private void carryOut(LoadRun run, long start) {
        for (var step : scenario.steps()) {
            long due = start + (long) (step.atSeconds() * NANOS);
            for (long left = due - System.nanoTime(); left > 0 && !over;
                    left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (over) {
                fail(step, "the load ended before");
            } else {
                carryOut(step, run);
            }
        }
    }

    private void carryOut(Step step, LoadRun run) {
        said.accept(step.text());
        long began = System.nanoTime();
        try {
            act(step.action(), run);
        } catch (IOException e) {
            LOG.warn("scenario: {} failed", step.text(), e);
            outcomes.add(new Outcome(step.text(), false, String.valueOf(e.getMessage())));
            return;
        }
        var expectation = step.expectation();
        if (expectation != null) {
            watch(step, expectation, began);
        }
    }

    private void act(Action action, LoadRun run) throws IOException {
        switch (action) {
            case Action.Stop it -> proxies.get(it.server()).stop();
            case Action.Start it -> proxies.get(it.server()).start();
            case Action.Reset it -> proxies.get(it.server()).reset();
            case Action.Mistreat it -> proxies.get(it.server()).faults(it.faults());
            case Action.Rate it -> run.rate(it.operationsPerSecond());
        }
    }

    private void watch(Step step, BreakerExpectation expected, long began) {
        Server server = monitor.servers().get(expected.server());
        long end = began + (long) (expected.withinSeconds() * NANOS);
        while (server.breaker().state() != expected.state() && System.nanoTime() - end < 0
                && !over) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        boolean held = server.breaker().state() == expected.state();
        long took = System.nanoTime() - began;
        outcomes.add(new Outcome(
                "after " + step.text() + ": breaker of " + server.name() + " "
                        + expected.state().text() + " within " + expected.withinSeconds() + " s",
                held, held ? "after " + TimeUnit.NANOSECONDS.toMillis(took) + " ms"
                        : "it is " + server.breaker().state().text()));
    }

    private void fail(Step step, String why) {
        if (step.expectation() != null) {
            outcomes.add(new Outcome(
                    "after " + step.text() + ": breaker " + step.expectation().state().text(),
                    false, why));
        }
    }

    private List<Outcome> atTheEnd() {
        var expected = scenario.expectations();
        var samples = monitor.samples();
        double end = samples.isEmpty() ? 0 : samples.getLast().toSeconds();
        var last = samples.stream()
                .filter(it -> middle(it) > end - expected.lastSeconds()
                        && it.results().operations() > 0)
                .toList();
        var found = new ArrayList<Outcome>();
        atMost(found, "error rate", expected.errorRate(),
                share(last, it -> it.results().failures(), it -> it.results().operations()));
        atMost(found, "miss ratio", expected.missRatio(), share(last, it -> it.results().misses(),
                it -> it.results().hits() + it.results().misses()));
        var p99 = expected.p99Seconds();
        atMost(found, "p99 in milliseconds", p99 == null ? null : Double.valueOf(p99 * MILLIS),
                last.stream().mapToDouble(it -> it.latency().p99() / 1e6).max().orElse(Double.NaN));
        if (expected.rate() != null) {
            double rate = last.stream().mapToDouble(Sample::rate).average().orElse(0);
            found.add(new Outcome("at the end: operations a second at least " + expected.rate(),
                    rate >= expected.rate(), "it was " + (float) rate));
        }
        var state = expected.breaker();
        if (state != null) {
            for (var server : monitor.servers()) {
                found.add(
                        new Outcome("at the end: breaker of " + server.name() + " " + state.text(),
                                server.breaker().state() == state,
                                "it is " + server.breaker().state().text()));
            }
        }
        return found;
    }

    private static double middle(Sample sample) {
        return (sample.fromSeconds() + sample.toSeconds()) / 2;
    }

    private static void atMost(List<Outcome> to, String what, @Nullable Double most, double is) {
        if (most != null) {
            to.add(new Outcome("at the end: " + what + " at most " + most, is <= most,
                    "it was " + (float) is));
        }
    }

    /** Not a number where nothing was asked, which is no expectation's wish. */
    private static double share(List<Sample> samples, ToLong part, ToLong all) {
        long sum = samples.stream().mapToLong(all::of).sum();
        return sum == 0 ? Double.NaN : (double) samples.stream().mapToLong(part::of).sum() / sum;
    }

    private interface ToLong {
        long of(Sample sample);
    }
}
