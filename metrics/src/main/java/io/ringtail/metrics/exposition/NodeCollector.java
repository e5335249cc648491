package io.ringtail.metrics.exposition;

import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import io.ringtail.metrics.counters.LoopCounters;
import io.ringtail.metrics.counters.SizeClassCounters;
import io.ringtail.metrics.counters.StoreCounters.Command;
import io.ringtail.metrics.counters.StoreCounters.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The metrics of one node, made of a snapshot each time somebody asks. Thread-safe. */
final class NodeCollector extends Collector {
    /** The one namespace that there is; labels never come from what clients invent. */
    static final String CACHE = "default";

    private static final List<String> OP_RESULT = List.of("op", "result");
    private static final List<String> CACHE_NAME = List.of("cache_name");

    private final Supplier<NodeSnapshot> node;

    NodeCollector(Supplier<NodeSnapshot> node) {
        this.node = node;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        var snapshot = node.get();
        var counters = snapshot.counters();
        var families = new ArrayList<MetricFamilySamples>();
        families.add(requests(counters));
        addCommands(families, counters);
        families.add(DurationFamily.of(counters.durations));
        addCache(families, snapshot.cache());
        families.add(new GaugeMetricFamily("ringtail_connections", "Clients connected now.",
                snapshot.connections()));
        families.add(new CounterMetricFamily("ringtail_bytes_read_total",
                "Bytes received from clients.", counters.bytesRead));
        families.add(new CounterMetricFamily("ringtail_bytes_written_total",
                "Bytes sent to clients.", counters.bytesWritten));
        return families;
    }

    private static MetricFamilySamples requests(LoopCounters counters) {
        var requests = new CounterMetricFamily("ringtail_requests_total",
                "Commands by what was asked for and what came of it; a get counts once a key.",
                OP_RESULT);
        hitsAndMisses(requests, "get", counters.classes.all(SizeClassCounters.GET_HITS),
                counters.getMisses);
        for (var command : Command.values()) {
            for (var result : Result.values()) {
                requests.addMetric(List.of(name(command), name(result)),
                        counters.stores.of(command, result));
            }
        }
        hitsAndMisses(requests, "delete", counters.classes.all(SizeClassCounters.DELETE_HITS),
                counters.deleteMisses);
        hitsAndMisses(requests, "incr", counters.classes.all(SizeClassCounters.INCR_HITS),
                counters.incrMisses);
        hitsAndMisses(requests, "decr", counters.classes.all(SizeClassCounters.DECR_HITS),
                counters.decrMisses);
        hitsAndMisses(requests, "touch", counters.classes.all(SizeClassCounters.TOUCH_HITS),
                counters.touchMisses);
        requests.addMetric(List.of("flush_all", "ok"), counters.cmdFlush);
        return requests;
    }

    private static void hitsAndMisses(CounterMetricFamily requests, String op, long hits,
            long misses) {
        requests.addMetric(List.of(op, "hit"), hits);
        requests.addMetric(List.of(op, "miss"), misses);
    }

    private static void addCommands(List<MetricFamilySamples> families, LoopCounters counters) {
        families.add(counter("ringtail_hits_total", "Keys that a get found.",
                counters.classes.all(SizeClassCounters.GET_HITS)));
        families.add(counter("ringtail_misses_total", "Keys that a get did not find.",
                counters.getMisses));
        families.add(counter("ringtail_sets_total", "Commands with a value to store.",
                counters.classes.all(SizeClassCounters.CMD_SET)));
        families.add(counter("ringtail_deletes_total", "Commands to delete a key.",
                counters.classes.all(SizeClassCounters.DELETE_HITS) + counters.deleteMisses));
    }

    private static void addCache(List<MetricFamilySamples> families, NodeSnapshot.Cache cache) {
        families.add(new GaugeMetricFamily("ringtail_cache_entries", "Items held now.", CACHE_NAME)
                .addMetric(List.of(CACHE), cache.entries()));
        families.add(new GaugeMetricFamily("ringtail_cache_bytes",
                "Bytes of the items held now, counted as memcached counts an item.",
                cache.bytes()));
        families.add(new GaugeMetricFamily("ringtail_cache_limit_bytes",
                "Memory that items, index and bookkeeping may take together.", cache.limitBytes()));
        families.add(counter("ringtail_cache_evictions_total",
                "Items given up because memory was needed.", cache.evictions()));
        families.add(counter("ringtail_cache_expirations_total",
                "Items dropped because their time was over or they were flushed.",
                cache.expirations()));
    }

    private static CounterMetricFamily counter(String name, String help, long value) {
        return new CounterMetricFamily(name, help, CACHE_NAME).addMetric(List.of(CACHE), value);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
