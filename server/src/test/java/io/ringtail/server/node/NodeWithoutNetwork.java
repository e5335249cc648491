package io.ringtail.server.node;

import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.execution.LoopContext;
import io.ringtail.server.execution.NodeClock;
import io.ringtail.server.net.ConnectionRegistry;
import io.ringtail.server.session.SessionContext;
import io.ringtail.server.store.Store;
import java.io.IOException;
import java.time.Clock;

/** A whole node but for its listeners: one event loop that the test's thread plays. */
public final class NodeWithoutNetwork implements AutoCloseable {
    private final Store store;
    private final LoopContext loop;
    private final SessionContext sessions;
    private final NodeClock clock;

    public NodeWithoutNetwork(NodeConfig config, Clock time) throws IOException {
        var protocols = new Protocols(config.security());
        clock = new NodeClock(time);
        store = Store.open(StoreSettings.of(config));
        var connections = new ConnectionRegistry(config.limits().connections(), clock::nowSeconds);
        var services = new Services(config, clock, connections, store, null);
        loop = new LoopContext(0, services, store);
        services.add(loop);
        sessions = protocols.sessions(loop, null);
        startTurn();
    }

    /** What the sessions of the one event loop share. */
    public SessionContext sessions() {
        return sessions;
    }

    public LoopContext loop() {
        return loop;
    }

    /** Looks at the clock, as an event loop does before it reads. */
    public void startTurn() {
        loop.startTurn(clock.nowSeconds());
    }

    @Override
    public void close() {
        store.close();
    }
}
