package io.ringtail.server.admin;

import io.ringtail.server.execution.Client;
import io.ringtail.server.execution.NodeClock;
import io.ringtail.server.execution.Watchers;
import io.ringtail.server.stats.AdminCounters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** The connections that watch log streams. Thread-safe. */
final class LogWatchers implements Watchers {
    static final int MAX = 20;
    private static final long MICROS = 1_000_000;

    private final NodeClock clock;
    private final AdminCounters counters;
    private final int bufferBytes;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final ReentrantLock changing = new ReentrantLock();
    private final AtomicLong lines = new AtomicLong();
    private volatile int streams;
    private int always;

    LogWatchers(NodeClock clock, AdminCounters counters, int bufferBytes) {
        this.clock = clock;
        this.counters = counters;
        this.bufferBytes = bufferBytes;
    }

    /** Makes the client a watcher; false where there are too many. */
    boolean add(Client client, int wanted) {
        changing.lock();
        try {
            if (watchers.size() >= MAX) {
                return false;
            }
            var watcher = new Watcher(this, client, wanted, bufferBytes);
            watchers.add(watcher);
            changed();
            client.streamTo(watcher);
            return true;
        } finally {
            changing.unlock();
        }
    }

    void remove(Watcher watcher) {
        changing.lock();
        try {
            watchers.remove(watcher);
            changed();
        } finally {
            changing.unlock();
        }
    }

    /** Whether each command and reply is shown on stderr. */
    void dialogue(boolean on) {
        changing.lock();
        try {
            always = on ? DIALOGUE : 0;
            changed();
        } finally {
            changing.unlock();
        }
    }

    private void changed() {
        streams = watchers.stream().mapToInt(Watcher::streams).reduce(always, (a, b) -> a | b);
        counters.watchers(watchers.size());
    }

    AdminCounters counters() {
        return counters;
    }

    @Override
    public int streams() {
        return streams;
    }

    @Override
    public void publish(int stream, String line) {
        if ((streams & stream) == 0) {
            return;
        }
        counters.lineWritten();
        long micros = clock.unixMicros();
        var stamped = "ts=" + micros / MICROS + "." + micros % MICROS + " gid="
                + lines.incrementAndGet() + " " + line + "\n";
        var bytes = stamped.getBytes(StandardCharsets.ISO_8859_1);
        for (var watcher : watchers) {
            if ((watcher.streams() & stream) != 0) {
                watcher.offer(bytes);
            }
        }
    }
}
