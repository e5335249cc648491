package io.ringtail.loadgen.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.loadgen.replay.Replay;
import io.ringtail.loadgen.workload.Operation;
import io.ringtail.loadgen.workload.Step;
import io.ringtail.loadgen.workload.Workload;
import io.ringtail.loadgen.workload.Workloads;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays at real memcached processes. */
final class MissesIT {
    private static final int STEPS = 30_000;

    @TempDir private Path folder;

    @Test
    void cacheWithLessMemoryMissesMore() throws Exception {
        try (var large = Memcached.start(folder, "-m", "64");
                var small = Memcached.start(folder, "-m", "4")) {
            var worse = Ran.command("loadgen", "misses", large.address(), small.address(),
                    "--workload", "large", "--steps", Integer.toString(STEPS), "--json");
            assertEquals(CommandFailure.FAILED, worse.exitCode(), worse.toString());
            assertTrue(worse.out().contains("\"workload\": \"large\""), worse.out());
        }
    }

    @Test
    void endlessMemoryMissesFirstReadsOnly() throws Exception {
        try (var memcached = Memcached.start(folder, "-m", "512")) {
            var server = new InetSocketAddress("127.0.0.1", memcached.port());
            var shape = Workloads.named("sessions").orElseThrow();
            var count = new Replay(STEPS, STEPS / 3, 0).run(shape.start(2), List.of(server)).get(0);
            assertEquals(firstReads(shape.start(2)), count.misses());
            assertEquals(0, count.refusals());
        }
    }

    /** After the warm-up, as the replay counts. */
    private static int firstReads(Workload workload) {
        var step = new Step();
        var seen = new HashSet<Long>();
        int first = 0;
        for (int i = 0; i < STEPS; i++) {
            workload.next(step);
            boolean fresh = seen.add(step.key());
            first += fresh && step.operation() == Operation.READ && i >= STEPS / 3 ? 1 : 0;
        }
        return first;
    }

    @Test
    void mistakesAreExplained() {
        assertEquals(CommandFailure.USAGE, Ran.command("loadgen", "misses").exitCode());
        var unknown = Ran.command("loadgen", "misses", "127.0.0.1:1", "127.0.0.1:1", "-w", "x");
        assertEquals(CommandFailure.USAGE, unknown.exitCode(), unknown.err());
        assertTrue(unknown.err().contains("write-heavy"), unknown.err());
        assertTrue(Ran.command("loadgen", "misses", "--list").out().contains("cluster 41"));
    }
}
