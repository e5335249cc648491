package io.ringtail.loadgen.replay;

import io.ringtail.loadgen.workload.Step;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;

/**
 * One server as an application's cache: reads look there first and store what they missed, writes
 * store, deletes delete. A batch is sent as a whole; a key that misses twice in it counts once, as
 * the application would have stored it after the first time. Owner: one thread.
 */
final class LookAside implements AutoCloseable {
    private final CacheConnection connection;
    private final long[] missed;
    private long reads;
    private long misses;

    LookAside(InetSocketAddress server, int maxBatch) throws IOException {
        this.connection = new CacheConnection(server);
        this.missed = new long[maxBatch];
    }

    void send(Step[] batch, int steps) throws IOException {
        for (int i = 0; i < steps; i++) {
            var step = batch[i];
            switch (step.operation()) {
                case READ, LEASED_READ -> connection.get(step);
                case WRITE -> connection.set(step, step.ttlSeconds());
                case DELETE -> connection.delete(step);
                case INCREMENT, TOUCH -> throw new IllegalArgumentException(
                        "operation=" + step.operation() + " is not replayed");
            }
        }
        connection.flush();
    }

    /** Takes the answers; what was missed is stored with the next batch's commands. */
    void receive(Step[] batch, int steps, boolean counted) throws IOException {
        int missedKeys = 0;
        for (int i = 0; i < steps; i++) {
            var step = batch[i];
            if (!Replay.reads(step.operation())) {
                continue;
            }
            boolean hit = connection.readHit(step);
            if (!hit && !contains(missedKeys, step.key())) {
                missed[missedKeys++] = step.key();
                connection.set(step, step.ttlSeconds());
                misses += counted ? 1 : 0;
            }
            reads += counted ? 1 : 0;
        }
    }

    private boolean contains(int missedKeys, long key) {
        return Arrays.stream(missed, 0, missedKeys).anyMatch(it -> it == key);
    }

    MissCount result() throws IOException {
        connection.flush();
        return new MissCount(reads, misses, connection.statistic("curr_items"),
                connection.refusals());
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
