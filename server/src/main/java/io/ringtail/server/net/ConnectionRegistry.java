package io.ringtail.server.net;

import io.netty.channel.Channel;
import io.ringtail.server.execution.Connections;
import io.ringtail.server.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/** All open connections of a node. Thread-safe. */
public final class ConnectionRegistry implements Connections {
    private final ConcurrentHashMap<Long, Open> open = new ConcurrentHashMap<>();
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong ids = new AtomicLong(20);
    private final IntSupplier now;

    private record Open(Session session, Channel channel) {}

    public ConnectionRegistry(IntSupplier now) {
        this.now = now;
    }

    long nextId() {
        return ids.incrementAndGet();
    }

    void opened(long id, Session session, Channel channel) {
        open.put(id, new Open(session, channel));
        total.incrementAndGet();
    }

    void closed(long id) {
        open.remove(id);
    }

    void countRejected() {
        rejected.incrementAndGet();
    }

    @Override
    public int current() {
        return open.size();
    }

    @Override
    public long total() {
        return total.get();
    }

    @Override
    public long rejected() {
        return rejected.get();
    }

    @Override
    public long listenDisabled() {
        return 0;
    }

    @Override
    public long listenDisabledMicros() {
        return 0;
    }

    @Override
    public List<Row> rows() {
        var rows = new ArrayList<Row>();
        open.forEach((id, connection) -> rows.add(new Row(id, connection.session().remoteAddress(),
                String.valueOf(connection.channel().localAddress()), connection.session().state(),
                now.getAsInt() - connection.session().lastCommandAt())));
        return rows;
    }
}
