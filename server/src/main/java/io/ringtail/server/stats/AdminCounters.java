package io.ringtail.server.stats;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What log watchers and walks over the store count. Thread-safe. */
public final class AdminCounters {
    private final AtomicLong linesWritten = new AtomicLong();
    private final AtomicLong linesSent = new AtomicLong();
    private final AtomicLong linesSkipped = new AtomicLong();
    private final AtomicInteger watchers = new AtomicInteger();
    private final AtomicLong walksStarted = new AtomicLong();
    private final AtomicInteger walksRunning = new AtomicInteger();
    private final AtomicLong itemsWalked = new AtomicLong();

    /** A line was published. */
    public void lineWritten() {
        linesWritten.incrementAndGet();
    }

    /** A line was put into a watcher's buffer. */
    public void lineSent() {
        linesSent.incrementAndGet();
    }

    /** A watcher's buffer had no room for a line. */
    public void lineSkipped() {
        linesSkipped.incrementAndGet();
    }

    public void watchers(int count) {
        watchers.set(count);
    }

    public void walkStarted() {
        walksStarted.incrementAndGet();
        walksRunning.incrementAndGet();
    }

    public void walked(long items) {
        itemsWalked.addAndGet(items);
    }

    public void walkEnded() {
        walksRunning.decrementAndGet();
    }

    long written() {
        return linesWritten.get();
    }

    long sent() {
        return linesSent.get();
    }

    long skipped() {
        return linesSkipped.get();
    }

    int watchers() {
        return watchers.get();
    }

    long walksStarted() {
        return walksStarted.get();
    }

    boolean walking() {
        return walksRunning.get() > 0;
    }

    long itemsWalked() {
        return itemsWalked.get();
    }

    void reset() {
        linesWritten.set(0);
        linesSent.set(0);
        linesSkipped.set(0);
        walksStarted.set(0);
        itemsWalked.set(0);
    }
}
