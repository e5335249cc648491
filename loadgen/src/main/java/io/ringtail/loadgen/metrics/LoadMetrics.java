package io.ringtail.loadgen.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import io.ringtail.loadgen.breaker.BreakerState;
import io.ringtail.loadgen.breaker.ServerBreaker.Transition;
import io.ringtail.loadgen.net.Server;
import io.ringtail.loadgen.run.Monitor;
import io.ringtail.loadgen.stats.Interval;
import io.ringtail.loadgen.stats.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A load's metrics, read from its monitor and its servers when Prometheus asks. Thread-safe. */
public final class LoadMetrics extends Collector {
    private static final String SERVER = "server";
    private static final double NANOS = 1e9;
    /** From 10 us to 10 s, in steps of 1, 2 and 5. */
    private static final double[] BOUNDS = {1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3,
        1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1, 2, 5, 10};

    private final Monitor monitor;

    public LoadMetrics(Monitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        var families = new ArrayList<MetricFamilySamples>();
        families.add(operations());
        addRates(families);
        families.add(breakerGauge("memcache_circuit_breaker_state",
                "State of the circuit breaker: 0 closed, 1 half-open, 2 open",
                it -> it.breaker().state().ordinal()));
        families.add(transitions());
        families.add(breakerGauge("memcache_circuit_breaker_requests",
                "Requests that the breaker let through since its last change of state",
                it -> it.breaker().requests()));
        families.add(failures());
        families.add(connections());
        families.add(poolCounter("memcache_pool_connections_created", "Connections that were made",
                it -> it.pool().createdTotal()));
        families.add(poolCounter("memcache_pool_acquire_errors", "Requests that got no connection",
                it -> it.pool().acquireErrorsTotal()));
        families.add(durations());
        return families;
    }

    private CounterMetricFamily operations() {
        var family = new CounterMetricFamily("memcache_operations", "Operations by how they ended",
                List.of("status"));
        var results = monitor.total(Interval::results);
        family.addMetric(List.of("success"), results.succeeded());
        family.addMetric(List.of("failed"), results.failures());
        return family;
    }

    /** Of the last second that is over. */
    private void addRates(List<MetricFamilySamples> families) {
        var last = monitor.last();
        double rate = last == null ? 0 : last.rate();
        double errorRate = last == null ? 0 : last.results().errorRate();
        families.add(new GaugeMetricFamily("memcache_operations_per_second",
                "Successful operations in the last second", rate));
        families.add(new GaugeMetricFamily("memcache_error_rate",
                "Share of the operations of the last second that failed, from 0 to 1", errorRate));
    }

    private GaugeMetricFamily breakerGauge(String name, String help,
            ToDoubleFunction<Server> value) {
        var family = new GaugeMetricFamily(name, help, List.of(SERVER));
        monitor.servers()
                .forEach(it -> family.addMetric(List.of(it.name()), value.applyAsDouble(it)));
        return family;
    }

    private CounterMetricFamily poolCounter(String name, String help,
            ToDoubleFunction<Server> value) {
        var family = new CounterMetricFamily(name, help, List.of(SERVER));
        monitor.servers()
                .forEach(it -> family.addMetric(List.of(it.name()), value.applyAsDouble(it)));
        return family;
    }

    /** Those that are possible are there from the start, so that a rate is seen from the first. */
    private CounterMetricFamily transitions() {
        var family = new CounterMetricFamily("memcache_circuit_breaker_transitions",
                "Changes of state of the circuit breaker", List.of(SERVER, "from", "to"));
        var possible = List.of(new Transition(BreakerState.CLOSED, BreakerState.OPEN),
                new Transition(BreakerState.OPEN, BreakerState.HALF_OPEN),
                new Transition(BreakerState.HALF_OPEN, BreakerState.OPEN),
                new Transition(BreakerState.HALF_OPEN, BreakerState.CLOSED));
        for (var server : monitor.servers()) {
            for (var transition : possible) {
                family.addMetric(
                        List.of(server.name(), transition.from().text(), transition.to().text()),
                        server.breaker().transitions(transition));
            }
        }
        return family;
    }

    private GaugeMetricFamily failures() {
        var family = new GaugeMetricFamily("memcache_circuit_breaker_failures",
                "Failed requests since the last change of state, all and the last in a row",
                List.of(SERVER, "type"));
        for (var server : monitor.servers()) {
            family.addMetric(List.of(server.name(), "total"), server.breaker().failures());
            family.addMetric(List.of(server.name(), "consecutive"),
                    server.breaker().consecutiveFailures());
        }
        return family;
    }

    private GaugeMetricFamily connections() {
        var family = new GaugeMetricFamily("memcache_pool_connections",
                "Connections of the pool: all, those in use, those that wait to be used",
                List.of(SERVER, "state"));
        for (var server : monitor.servers()) {
            var pool = server.pool();
            family.addMetric(List.of(server.name(), "total"), pool.total());
            family.addMetric(List.of(server.name(), "active"), pool.active());
            family.addMetric(List.of(server.name(), "idle"), pool.idle());
        }
        return family;
    }

    private MetricFamilySamples durations() {
        var name = "memcache_operation_duration_seconds";
        var samples = new ArrayList<Sample>();
        for (var measure : Measure.values()) {
            samples.addAll(monitor.total(all -> histogram(name, measure, all)));
        }
        return new MetricFamilySamples(name, Type.HISTOGRAM,
                "From when an operation was due to its reply", samples);
    }

    private static List<Sample> histogram(String name, Measure measure, Interval all) {
        var op = measure.text();
        var latency = all.latency(measure);
        var samples = new ArrayList<Sample>();
        long count = latency.getTotalCount();
        for (double bound : BOUNDS) {
            long below = count == 0 ? 0 : latency.getCountBetweenValues(0, (long) (bound * NANOS));
            samples.add(new Sample(name + "_bucket", List.of("op", "le"),
                    List.of(op, doubleToGoString(bound)), Math.min(below, count)));
        }
        samples.add(new Sample(name + "_bucket", List.of("op", "le"), List.of(op, "+Inf"), count));
        samples.add(new Sample(name + "_count", List.of("op"), List.of(op), count));
        samples.add(
                new Sample(name + "_sum", List.of("op"), List.of(op), all.nanos(measure) / NANOS));
        return samples;
    }
}
