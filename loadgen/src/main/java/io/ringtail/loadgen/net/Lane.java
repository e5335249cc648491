package io.ringtail.loadgen.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.ringtail.loadgen.exchange.Exchange;
import io.ringtail.loadgen.pool.ConnectionPool;
import io.ringtail.loadgen.stats.Failure;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One loop's way to one server: breaker, then pool, then connection. Owner: the event loop. */
final class Lane {
    private static final IOException FAILED = new IOException("no answer");

    private final LoadLoop loop;
    private final Server server;
    private final Bootstrap bootstrap;
    private final ConnectionPool<Connection> pool;
    private final Set<Connection> connections = new LinkedHashSet<>();
    /** What waits for a connection, because the pool is at its limit. */
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    private record Waiting(Exchange exchange, long sinceNanos) {}

    Lane(LoadLoop loop, Server server, Bootstrap bootstrap, int connections) {
        this.loop = loop;
        this.server = server;
        this.bootstrap = bootstrap;
        this.pool = new ConnectionPool<>(connections, server.pool());
    }

    Server server() {
        return server;
    }

    void send(Exchange exchange) {
        if (!server.breaker().allows()) {
            exchange.fail(Failure.BREAKER_OPEN, loop.tally(), loop.nowNanos());
            exchange.listener().failed(exchange);
            return;
        }
        var connection = pool.take();
        if (connection != null) {
            connection.send(exchange);
        } else if (pool.reserve()) {
            dial(exchange);
        } else {
            waiting.add(new Waiting(exchange, loop.nowNanos()));
        }
    }

    private void dial(Exchange exchange) {
        var connection = new Connection(this, loop);
        long since = loop.nowNanos();
        var initializer = new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.config().setRecvByteBufAllocator(loop.receiveBuffer());
                channel.pipeline().addLast(connection);
            }
        };
        bootstrap.clone().handler(initializer).connect(server.address()).addListener(future -> {
            loop.startTurn();
            if (future.isSuccess()) {
                pool.connected();
                connections.add(connection);
                connection.send(exchange);
            } else {
                pool.notConnected();
                failed(exchange, Failure.CONNECT, loop.nowNanos() - since);
            }
        });
    }

    void released(Connection connection) {
        var next = waiting.poll();
        if (next != null) {
            connection.send(next.exchange());
        } else {
            pool.giveBack(connection);
        }
    }

    void lost(Connection connection) {
        if (connections.remove(connection)) {
            pool.lost(connection);
            serveWaiting();
        }
    }

    /** A place in the pool got free. */
    private void serveWaiting() {
        if (!waiting.isEmpty() && pool.reserve()) {
            dial(waiting.remove().exchange());
        }
    }

    void failed(Exchange exchange, Failure why, long tookNanos) {
        server.breaker().failed(tookNanos, FAILED);
        exchange.fail(why, loop.tally(), loop.nowNanos());
        exchange.listener().failed(exchange);
    }

    void checkTimeouts(long timeoutNanos) {
        long now = loop.nowNanos();
        List.copyOf(connections).forEach(it -> it.checkTimeout(now, timeoutNanos));
        while (!waiting.isEmpty() && now - waiting.peek().sinceNanos() > timeoutNanos) {
            pool.refused();
            failed(waiting.remove().exchange(), Failure.CONNECT, timeoutNanos);
        }
    }

    void close() {
        List.copyOf(connections).forEach(it -> it.end(Failure.CONNECTION_LOST));
        waiting.clear();
    }
}
