package io.ringtail.metrics.exposition;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import io.ringtail.metrics.counters.DurationCounters.Family;
import io.ringtail.metrics.counters.PeerCounters.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The metrics of a node's peers; none where it is alone. Thread-safe. */
final class PeerCollector extends Collector {
    private static final String DURATION = "ringtail_peer_request_duration_seconds";

    private final Supplier<List<PeerSnapshot>> peers;

    PeerCollector(Supplier<List<PeerSnapshot>> peers) {
        this.peers = peers;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        var present = peers.get();
        if (present.isEmpty()) {
            return List.of();
        }
        var requests = new CounterMetricFamily("ringtail_peer_requests_total",
                "Commands for another node's keys, by what came of them.",
                List.of("peer", "op", "result"));
        var breaker = new GaugeMetricFamily("ringtail_peer_breaker_state",
                "Whether the peer is reachable: 0 closed, 1 half-open, 2 open.", List.of("peer"));
        var durations = new ArrayList<Sample>();
        for (var peer : present) {
            breaker.addMetric(List.of(peer.peer()), peer.breakerState());
            add(requests, peer);
            DurationFamily.add(durations, peer.counters().durations, Family.OTHER,
                    new DurationFamily.Labels(DURATION, List.of("peer"), List.of(peer.peer())));
        }
        return List.of(requests,
                new MetricFamilySamples(DURATION, Type.HISTOGRAM,
                        "Time from a command's leaving to its answer, of a sample.", durations),
                breaker);
    }

    private static void add(CounterMetricFamily requests, PeerSnapshot peer) {
        for (var family : Family.values()) {
            for (var result : Result.values()) {
                requests.addMetric(
                        List.of(peer.peer(), family.name().toLowerCase(Locale.ROOT),
                                result.name().toLowerCase(Locale.ROOT)),
                        peer.counters().of(family, result));
            }
        }
    }
}
