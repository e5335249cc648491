package io.ringtail.metrics.exposition;

import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import io.ringtail.metrics.exposition.RingSnapshot.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The metrics of a cluster as one of its nodes sees it. Thread-safe. */
final class RingCollector extends Collector {
    /** A gauge is a double, which has no more bits: of a digest these are as good as all. */
    private static final int EPOCH_BITS = 53;

    private final Supplier<RingSnapshot> ring;

    RingCollector(Supplier<RingSnapshot> ring) {
        this.ring = ring;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        var now = ring.get();
        var shares = new GaugeMetricFamily("ringtail_ring_share",
                "The member's part of all keys, 0 to 1.", List.of("node"));
        now.nodes().forEach(node -> shares.addMetric(List.of(node.name()), node.share()));
        long reachable = now.nodes().stream().filter(Node::reachable).count();
        var members = new GaugeMetricFamily("ringtail_members",
                "Members of the cluster, by whether this node reaches them.", List.of("state"));
        members.addMetric(List.of("reachable"), reachable);
        members.addMetric(List.of("unreachable"), now.nodes().size() - reachable);
        var families = new ArrayList<MetricFamilySamples>(
                List.of(new GaugeMetricFamily("ringtail_ring_epoch",
                        "The ring in one number: nodes with the same one agree on all owners.",
                        now.epoch() >>> Long.SIZE - EPOCH_BITS), shares, members));
        var etcd = now.etcd();
        if (etcd != null) {
            families.add(new GaugeMetricFamily("ringtail_etcd_up",
                    "Whether etcd answers; where it does not, the last ring stays.", etcd ? 1 : 0));
        }
        return families;
    }
}
