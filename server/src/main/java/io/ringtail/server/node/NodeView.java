package io.ringtail.server.node;

import io.ringtail.metrics.exposition.NodeMetrics;
import io.ringtail.metrics.exposition.NodeSnapshot;
import io.ringtail.server.execution.HotKeys.HotKey;
import io.ringtail.server.http.NodeState;
import io.ringtail.server.stats.NodeStatistics;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The node as its side port shows it. Thread-safe. */
final class NodeView implements NodeState {
    /** A loop looks at its clock once a second. */
    private static final int STILL_SECONDS = 10;

    private static final int KEYS_SHOWN = 20;

    private final long startedNanos = System.nanoTime();
    private final Services services;
    private final NodeStatistics statistics;
    private final NodeMetrics metrics;
    private final @Nullable ClusterMember member;

    NodeView(Services services, NodeMetrics metrics, @Nullable ClusterMember member) {
        this.services = services;
        this.statistics = services.statistics();
        this.metrics = metrics;
        this.member = member;
    }

    @Override
    public @Nullable String illness() {
        int now = services.clock().nowSeconds();
        for (var loop : services.loops()) {
            int still = now - loop.now();
            if (loop.now() > 1 && still > STILL_SECONDS) {
                return "event loop " + loop.number() + " stands still since seconds=" + still;
            }
        }
        return null;
    }

    @Override
    public @Nullable String unreadiness() {
        if (!services.connections().isAccepting()) {
            return "the limit of connections is reached (-c)";
        }
        var trouble = note();
        return trouble != null && members().size() == 1 ? trouble : illness();
    }

    @Override
    public @Nullable String note() {
        return member == null ? null : member.trouble();
    }

    @Override
    public @Nullable String addPeer(String peer) {
        return member == null ? "this node is alone: start it with --peers" : member.add(peer);
    }

    @Override
    public @Nullable String epoch() {
        return member == null ? null : Long.toHexString(member.view().epoch());
    }

    @Override
    public List<MemberRow> members() {
        if (member != null) {
            return member.rows();
        }
        return List.of(new MemberRow(name(), true, "up", 1, 1));
    }

    private String name() {
        var cluster = services.config().cluster();
        var listening = services.config().listening();
        if (cluster.advertise() != null) {
            return cluster.advertise();
        }
        return listening.tcp().isEmpty() ? String.valueOf(listening.unixSocket())
                : listening.tcp().getFirst().toString();
    }

    @Override
    public String metrics() {
        return metrics.text();
    }

    @Override
    public void statistics(BiConsumer<String, String> sink) {
        statistics.general(sink::accept);
    }

    @Override
    public NodeSnapshot snapshot() {
        return statistics.snapshot();
    }

    @Override
    public long uptimeMillis() {
        return (System.nanoTime() - startedNanos) / 1_000_000;
    }

    @Override
    public String version() {
        return statistics.ringtailVersion();
    }

    @Override
    public List<HotKey> hotKeys() {
        var perKey = new HashMap<String, HotKey>();
        for (var loop : services.loops()) {
            for (var hot : loop.hotKeys().top()) {
                perKey.merge(new String(hot.key(), StandardCharsets.ISO_8859_1), hot,
                        (a, b) -> new HotKey(a.key(), a.perSecond() + b.perSecond()));
            }
        }
        return perKey.values()
                .stream()
                .sorted(Comparator.comparingDouble(HotKey::perSecond).reversed())
                .limit(KEYS_SHOWN)
                .toList();
    }

    @Override
    public Namespace namespace() {
        var cache = statistics.snapshot().cache();
        return new Namespace("default", cache.entries(), cache.bytes(), cache.limitBytes());
    }
}
