package io.ringtail.cluster.peer;

import java.util.ArrayList;
import java.util.List;

/** An event loop whose turns and time the test makes. */
final class FakeDriver implements LinkDriver {
    private final List<Runnable> atEnd = new ArrayList<>();
    long now = 1_000_000;
    long epoch = 7;
    int dialled;

    @Override
    public void dial(PeerLink link) {
        dialled++;
    }

    @Override
    public void atEndOfTurn(Runnable task) {
        atEnd.add(task);
    }

    void endTurn() {
        var tasks = List.copyOf(atEnd);
        atEnd.clear();
        tasks.forEach(Runnable::run);
    }

    void passMillis(long millis) {
        now += millis * 1_000_000;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public long nanoTime() {
        return now;
    }
}
