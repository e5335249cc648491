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
    private static final List<String> LABELS = List.of("cache_name", "op");
    private static final List<String> BUCKET_LABELS = List.of("cache_name", "op", "le");
    private static final double NANOS = 1e9;

    private DurationFamily() {}

    static MetricFamilySamples of(DurationCounters durations) {
        var samples = new ArrayList<Sample>();
        for (var family : Family.values()) {
            add(samples, durations, family, family.name().toLowerCase(Locale.ROOT));
        }
        return new MetricFamilySamples(NAME, Collector.Type.HISTOGRAM, HELP, samples);
    }

    private static void add(List<Sample> samples, DurationCounters durations, Family family,
            String op) {
        long sum = 0;
        for (int bucket = 0; bucket < DurationCounters.buckets(); bucket++) {
            sum += durations.of(family, bucket);
            long upper = DurationCounters.upperNanos(bucket);
            if (upper == Long.MAX_VALUE || isShown(upper)) {
                var bound = upper == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : upper / NANOS;
                samples.add(new Sample(NAME + "_bucket", BUCKET_LABELS,
                        List.of(NodeCollector.CACHE, op, Collector.doubleToGoString(bound)), sum));
            }
        }
        var labels = List.of(NodeCollector.CACHE, op);
        samples.add(new Sample(NAME + "_count", LABELS, labels, sum));
        samples.add(new Sample(NAME + "_sum", LABELS, labels, durations.nanos(family) / NANOS));
    }

    private static boolean isShown(long nanos) {
        long leading = nanos;
        while (leading >= 100) {
            leading /= 10;
        }
        return leading == 10 || leading == 25 || leading == 50;
    }
}
