package io.ringtail.loadgen.replay;

import io.ringtail.loadgen.workload.Operation;
import io.ringtail.loadgen.workload.Step;
import io.ringtail.loadgen.workload.Workload;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Replays a workload at several servers in lockstep: each batch of steps goes to all of them before
 * the next begins, so that the same time passes for each, and what expires at one expires at the
 * other.
 *
 * @param steps in all
 * @param warmUp of them, in which nothing is counted
 * @param stepsPerSecond at most; 0 for as many as possible
 */
public record Replay(long steps, long warmUp, long stepsPerSecond) {
    private static final int MAX_BATCH = 64;
    /** Of values in a batch, so that neither side waits for the other to read. */
    private static final long MAX_BATCH_BYTES = 128 << 10;

    public Replay {
        if (steps < 1 || warmUp < 0 || warmUp >= steps || stepsPerSecond < 0) {
            throw new IllegalArgumentException(
                    "steps=" + steps + " warmUp=" + warmUp + " stepsPerSecond=" + stepsPerSecond);
        }
    }

    static boolean reads(Operation operation) {
        return operation == Operation.READ || operation == Operation.LEASED_READ;
    }

    /** What each server counted, in their order. */
    public List<MissCount> run(Workload workload, List<InetSocketAddress> servers)
            throws IOException {
        var caches = new ArrayList<LookAside>();
        try {
            for (var server : servers) {
                caches.add(new LookAside(server, MAX_BATCH));
            }
            replay(workload, caches);
            var counts = new ArrayList<MissCount>();
            for (var cache : caches) {
                counts.add(cache.result());
            }
            return counts;
        } finally {
            for (var cache : caches) {
                cache.close();
            }
        }
    }

    private void replay(Workload workload, List<LookAside> caches) throws IOException {
        var batch = new Step[MAX_BATCH];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = new Step();
        }
        long start = System.nanoTime();
        long done = 0;
        boolean more = true;
        while (more && done < steps) {
            int filled = 0;
            long bytes = 0;
            long end = done < warmUp ? warmUp : steps;
            while (more && filled < MAX_BATCH && bytes < MAX_BATCH_BYTES && done + filled < end) {
                more = workload.next(batch[filled]);
                bytes += batch[filled].valueBytes();
                filled += more ? 1 : 0;
            }
            for (var cache : caches) {
                cache.send(batch, filled);
            }
            for (var cache : caches) {
                cache.receive(batch, filled, done >= warmUp);
            }
            done += filled;
            await(start, done);
        }
    }

    private void await(long start, long done) {
        if (stepsPerSecond > 0) {
            long due =
                    start + (long) ((double) done / stepsPerSecond * TimeUnit.SECONDS.toNanos(1));
            long left = due - System.nanoTime();
            if (left > TimeUnit.MILLISECONDS.toNanos(1)) {
                LockSupport.parkNanos(left);
            }
        }
    }
}
