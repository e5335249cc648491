package io.ringtail.metrics.exposition;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's own metrics. What they are read from takes time and memory to set up, so that waits
 * until somebody asks. Thread-safe.
 */
final class JvmCollector extends Collector {
    private @Nullable CollectorRegistry exports;

    @Override
    public List<MetricFamilySamples> collect() {
        return Collections.list(exports().metricFamilySamples());
    }

    private synchronized CollectorRegistry exports() {
        var present = exports;
        if (present == null) {
            present = new CollectorRegistry();
            DefaultExports.register(present);
            exports = present;
        }
        return present;
    }
}
