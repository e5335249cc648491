package io.ringtail.server.execution;

import io.ringtail.protocol.request.Request;
import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.store.Store;
import io.ringtail.server.store.StoreConfig;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of one loop without a network: a real store, a clock that the test moves. */
final class TestNode implements NodeServices, AutoCloseable {
    private static final Instant START = Instant.parse("2025-06-01T00:00:00Z");

    final MovableClock time = new MovableClock();
    final NodeClock clock = new NodeClock(time);
    final Store store;
    final LoopContext loop;
    final List<String> watched = new ArrayList<>();
    final List<String> prefixes = new ArrayList<>();
    int streams;
    boolean countsPrefixes;
    Routing routing = Routing.SINGLE;

    /** Stands still until it is moved. */
    static final class MovableClock extends Clock {
        private Instant now = START;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    TestNode() {
        this(StoreConfig.defaults());
    }

    TestNode(StoreConfig config) {
        store = Store.open(config);
        loop = new LoopContext(0, this, store);
        loop.startTurn(clock.nowSeconds());
    }

    /** Lets {@code seconds} pass. */
    void pass(int seconds) {
        time.now = time.now.plusSeconds(seconds);
        loop.startTurn(clock.nowSeconds());
    }

    @Override
    public NodeConfig config() {
        return NodeConfig.defaults();
    }

    @Override
    public NodeClock clock() {
        return clock;
    }

    @Override
    public List<LoopContext> loops() {
        return List.of(loop);
    }

    @Override
    public int verbosity() {
        return 0;
    }

    @Override
    public void verbosity(int level) {}

    @Override
    public AdminCommands admin() {
        return new AdminCommands() {
            @Override
            public void execute(Request request, LoopContext context, Client client) {
                client.output().text(request.operation + "\r\n");
            }

            @Override
            public boolean stats(String subCommand, LoopContext context, StatSink sink) {
                return false;
            }

            @Override
            public void flush(long exptime, LoopContext context) {
                store.flush(context.now(), context.now());
            }

            @Override
            public String version() {
                return "1.6.45";
            }
        };
    }

    @Override
    public Watchers watchers() {
        return new Watchers() {
            @Override
            public int streams() {
                return streams;
            }

            @Override
            public void publish(int stream, String line) {
                watched.add(line);
            }
        };
    }

    @Override
    public @Nullable PrefixCounts prefixCounts() {
        return countsPrefixes ? new PrefixCounts() {
            @Override
            public void get(long keyAddress, int keyBytes, boolean hit) {
                prefixes.add("get " + hit);
            }

            @Override
            public void set(long keyAddress, int keyBytes) {
                prefixes.add("set");
            }

            @Override
            public void delete(long keyAddress, int keyBytes) {
                prefixes.add("delete");
            }
        } : null;
    }

    @Override
    public Routing routing() {
        return routing;
    }

    @Override
    public Connections connections() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutDown(boolean graceful) {}

    @Override
    public void close() {
        store.close();
    }
}
