package io.ringtail.server.stats;

import io.ringtail.metrics.exposition.NodeSnapshot;
import io.ringtail.metrics.exposition.NodeSnapshot.Cache;
import io.ringtail.server.config.StatsSettings;
import io.ringtail.server.config.StatsSettings.Live;
import io.ringtail.server.execution.AdminCommands.StatSink;
import io.ringtail.server.execution.NodeServices;
import io.ringtail.server.execution.TurnTimes;
import io.ringtail.server.store.Store;
import io.ringtail.server.store.StoreStatistics;

/** Everything that {@code stats} reports of one node. Thread-safe. */
public final class NodeStatistics {
    /** The memcached that this node stands in for; clients decide by it what they may use. */
    public static final String VERSION = "1.6.45";

    private final NodeServices node;
    private final Store store;
    private final RuntimeSettings settings;
    private final PrefixCounters prefixes;
    private final AdminCounters admin = new AdminCounters();
    private final Totals totals;

    public NodeStatistics(NodeServices node, Store store) {
        var commands = node.config().limits().commands();
        this.node = node;
        this.store = store;
        this.settings = new RuntimeSettings(commands.crawler());
        this.prefixes = new PrefixCounters(commands.prefixDelimiter(), commands.prefixStats());
        this.totals = new Totals(node);
    }

    public AdminCounters admin() {
        return admin;
    }

    public RuntimeSettings settings() {
        return settings;
    }

    public PrefixCounters prefixes() {
        return prefixes;
    }

    public void general(StatSink sink) {
        new GeneralReport(node, settings, new Figures(sink)).write(totals, admin, held());
        new TurnsReport(new Figures(sink)).write(node.turnTimes());
    }

    public void settings(StatSink sink) {
        var live = new Live(store.limitBytes(), node.verbosity(), 0, prefixes.isOn());
        StatsSettings.of(node.config(), live)
                .forEach((name, value) -> sink.stat(name, settings.valueOf(name, value)));
    }

    public void items(StatSink sink) {
        new ItemsReport(new Figures(sink), totals.loops().classes).write(held());
    }

    public void slabs(StatSink sink) {
        new SlabsReport(new Figures(sink), totals.loops().classes).write(held());
    }

    /** {@code asking}: the connection whose command this is. */
    public void connections(StatSink sink, long asking) {
        new ConnectionsReport(new Figures(sink), asking).write(node.connections());
    }

    /** What runs. */
    public String ringtailVersion() {
        return GeneralReport.ringtailVersion();
    }

    /** What Prometheus is told: counters since the start, so that they never fall. */
    public NodeSnapshot snapshot() {
        var held = held();
        return new NodeSnapshot(totals.allLoops(), new Cache(held.items(), held.itemBytes(),
                held.memoryBytes(), held.limitBytes(), held.sum(it -> it.counters().evicted()),
                held.sum(it -> it.counters().reclaimed() + it.counters().crawlerReclaimed())),
                node.connections().current());
    }

    public void reset() {
        totals.reset();
        admin.reset();
        prefixes.reset();
        store.resetStatistics();
        node.turnTimes().forEach(TurnTimes::reset);
    }

    private StoreStatistics held() {
        return store.statistics(node.clock().nowSeconds());
    }
}
