package io.ringtail.server.node;

import io.ringtail.server.admin.NodeAdmin;
import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.execution.AdminCommands;
import io.ringtail.server.execution.Certificates;
import io.ringtail.server.execution.Connections;
import io.ringtail.server.execution.LoopContext;
import io.ringtail.server.execution.NodeClock;
import io.ringtail.server.execution.NodeServices;
import io.ringtail.server.execution.PrefixCounts;
import io.ringtail.server.execution.Routing;
import io.ringtail.server.execution.TurnTimes;
import io.ringtail.server.execution.Watchers;
import io.ringtail.server.logging.Loggers;
import io.ringtail.server.stats.NodeStatistics;
import io.ringtail.server.store.Store;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What the loops of one node share. Thread-safe; complete before the first listener opens. */
final class Services implements NodeServices {
    private static final int MAX_VERBOSITY = 2;

    private final NodeConfig config;
    private final NodeClock clock;
    private final Connections connections;
    private final Store store;
    private final @Nullable Certificates certificates;
    private final NodeAdmin admin;
    private final List<LoopContext> loops = new CopyOnWriteArrayList<>();
    private volatile int verbosity;
    private volatile Runnable shutDown = () -> {};
    private volatile Routing routing = Routing.SINGLE;
    private volatile List<TurnTimes> turnTimes = List.of();

    Services(NodeConfig config, NodeClock clock, Connections connections, Store store,
            @Nullable Certificates certificates) {
        this.config = config;
        this.clock = clock;
        this.connections = connections;
        this.verbosity = config.verbosity();
        this.store = store;
        this.certificates = certificates;
        this.admin = new NodeAdmin(this, store);
        admin.verbosity(config.verbosity());
    }

    void add(LoopContext loop) {
        loops.add(loop);
    }

    void onShutDown(Runnable stop) {
        this.shutDown = stop;
    }

    /** Before the first listener opens. */
    void routing(Routing newRouting) {
        this.routing = newRouting;
    }

    /** Before the first listener opens. */
    void turnTimes(List<TurnTimes> ofLoops) {
        this.turnTimes = ofLoops;
    }

    Store store() {
        return store;
    }

    NodeStatistics statistics() {
        return admin.statistics();
    }

    @Override
    public NodeConfig config() {
        return config;
    }

    @Override
    public NodeClock clock() {
        return clock;
    }

    @Override
    public List<LoopContext> loops() {
        return loops;
    }

    @Override
    public int verbosity() {
        return verbosity;
    }

    @Override
    public void verbosity(int level) {
        this.verbosity = Math.min(level, MAX_VERBOSITY);
        Loggers.verbosity(verbosity);
        admin.verbosity(verbosity);
    }

    @Override
    public AdminCommands admin() {
        return admin;
    }

    @Override
    public Watchers watchers() {
        return admin.watchers();
    }

    @Override
    public @Nullable PrefixCounts prefixCounts() {
        return admin.prefixCounts();
    }

    @Override
    public @Nullable Certificates certificates() {
        return certificates;
    }

    @Override
    public List<TurnTimes> turnTimes() {
        return turnTimes;
    }

    @Override
    public Routing routing() {
        return routing;
    }

    @Override
    public Connections connections() {
        return connections;
    }

    @Override
    public void shutDown(boolean graceful) {
        Thread.ofVirtual().name("shutdown").start(shutDown);
    }
}
