package io.ringtail.metrics.exposition;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.ringtail.metrics.counters.DurationCounters;
import io.ringtail.metrics.counters.DurationCounters.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The request durations as a histogram: 1, 2.5 and 5 of each decade from 1 us to 10 s. */
final class DurationFamily {
    private static final String NAME = "ringtail_request_duration_seconds";
    private static final String HELP =
            "Time from a read to its replies' leaving, of a sample of about 1 in 128 reads.";
    private static final double NANOS = 1e9;

    private DurationFamily() {}

    /** A histogram's name, and the labels that all its samples have. */
    record Labels(String metric, List<String> names, List<String> values) {}

    static MetricFamilySamples of(DurationCounters durations) {
        var samples = new ArrayList<Sample>();
        for (var family : Family.values()) {
            var op = family.name().toLowerCase(Locale.ROOT);
            add(samples, durations, family, new Labels(NAME, List.of("cache_name", "op"),
                    List.of(NodeCollector.CACHE, op)));
        }
        return new MetricFamilySamples(NAME, Collector.Type.HISTOGRAM, HELP, samples);
    }

    static void add(List<Sample> samples, DurationCounters durations, Family family,
            Labels labels) {
        long sum = 0;
        var bucketNames = with(labels.names, "le");
        for (int bucket = 0; bucket < DurationCounters.buckets(); bucket++) {
            sum += durations.of(family, bucket);
            long upper = DurationCounters.upperNanos(bucket);
            if (upper == Long.MAX_VALUE || isShown(upper)) {
                var bound = upper == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : upper / NANOS;
                samples.add(new Sample(labels.metric + "_bucket", bucketNames,
                        with(labels.values, Collector.doubleToGoString(bound)), sum));
            }
        }
        samples.add(new Sample(labels.metric + "_count", labels.names, labels.values, sum));
        samples.add(new Sample(labels.metric + "_sum", labels.names, labels.values,
                durations.nanos(family) / NANOS));
    }

    private static List<String> with(List<String> all, String last) {
        var longer = new ArrayList<>(all);
        longer.add(last);
        return longer;
    }

    private static boolean isShown(long nanos) {
        long leading = nanos;
        while (leading >= 100) {
            leading /= 10;
        }
        return leading == 10 || leading == 25 || leading == 50;
    }
}
