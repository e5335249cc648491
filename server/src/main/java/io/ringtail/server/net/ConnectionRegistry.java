package io.ringtail.server.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.ringtail.metrics.counters.LoopCounters;
import io.ringtail.server.execution.Connections;
import io.ringtail.server.net.ConnectionEvents.Reason;
import io.ringtail.server.session.Session;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** All open connections and listeners of a node. Thread-safe. */
public final class ConnectionRegistry implements Connections {
    /** Ids look like descriptors: those below are taken by the process itself. */
    private static final int FIRST_ID = 20;

    private final ConcurrentHashMap<Long, Open> open = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<Listening> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger admitted = new AtomicInteger();
    private final AtomicLong ids = new AtomicLong(FIRST_ID);
    private final LongAdder total = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final AtomicLong disabledTimes = new AtomicLong();
    private final AtomicLong disabledNanos = new AtomicLong();
    private final AtomicLong disabledSince = new AtomicLong();
    private final int limit;
    private final IntSupplier now;

    private record Open(Session session, Channel channel, String listenerName) {
        String listener() {
            var local = channel.localAddress();
            return local instanceof InetSocketAddress ? SocketNames.of(local) : listenerName;
        }
    }

    private record Listening(long id, Channel channel) {}

    /** At most {@code limit} connections; {@code now} gives the seconds of the node's clock. */
    public ConnectionRegistry(int limit, IntSupplier now) {
        this.limit = limit;
        this.now = now;
    }

    long nextId() {
        return ids.getAndIncrement();
    }

    /** Counts a connection in; true where it is one too many. */
    boolean admit() {
        return admitted.incrementAndGet() > limit;
    }

    boolean isFull() {
        return admitted.get() >= limit;
    }

    void leave() {
        admitted.decrementAndGet();
        if (!isFull()) {
            resumeAccepting();
        }
    }

    void pauseAccepting() {
        if (disabledSince.compareAndSet(0, System.nanoTime() | 1)) {
            disabledTimes.incrementAndGet();
            listeners.forEach(listener -> listener.channel().config().setAutoRead(false));
        }
    }

    private void resumeAccepting() {
        long since = disabledSince.getAndSet(0);
        if (since != 0) {
            disabledNanos.addAndGet(System.nanoTime() - since);
            listeners.forEach(listener -> listener.channel().config().setAutoRead(true));
        }
    }

    void listening(Channel channel) {
        listeners.add(new Listening(nextId(), channel));
    }

    void opened(long id, Session session, Channel channel, String listenerName) {
        open.put(id, new Open(session, channel, listenerName));
        total.increment();
    }

    void closed(long id) {
        open.remove(id);
    }

    void countRejected() {
        rejected.increment();
    }

    /**
     * Closes the connections of one event loop that sent nothing for {@code seconds}, and counts
     * each before its client can see it. Called on that loop.
     */
    public void closeIdle(EventLoop loop, int seconds, LoopCounters counters) {
        for (var connection : open.values()) {
            if (connection.channel().eventLoop() == loop && !connection.session().isStreaming()
                    && now.getAsInt() - connection.session().lastCommandAt() > seconds) {
                counters.idleKicks++;
                connection.channel().pipeline().fireUserEventTriggered(Reason.IDLE_TIMEOUT);
                connection.channel().close();
            }
        }
    }

    /** Closes the connections of one event loop. Called on that loop. */
    void closeAll(EventLoop loop) {
        for (var connection : open.values()) {
            if (connection.channel().eventLoop() == loop) {
                connection.channel().close();
            }
        }
    }

    @Override
    public int current() {
        return open.size();
    }

    @Override
    public long total() {
        return total.sum();
    }

    @Override
    public long rejected() {
        return rejected.sum();
    }

    @Override
    public long listenDisabled() {
        return disabledTimes.get();
    }

    @Override
    public long listenDisabledMicros() {
        long since = disabledSince.get();
        return (disabledNanos.get() + (since == 0 ? 0 : System.nanoTime() - since)) / 1000;
    }

    @Override
    public boolean isAccepting() {
        return disabledSince.get() == 0;
    }

    @Override
    public List<Row> rows() {
        var rows = new ArrayList<Row>();
        for (var listener : listeners) {
            rows.add(new Row(listener.id(), SocketNames.of(listener.channel().localAddress()), "",
                    "conn_listening", 0));
        }
        open.forEach((id,
                connection) -> rows.add(new Row(id, connection.session().remoteAddress(),
                        connection.listener(), connection.session().state(),
                        now.getAsInt() - connection.session().lastCommandAt())));
        return rows;
    }
}
