package io.ringtail.cluster.ring;

import io.ringtail.protocol.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What it costs to find a key's owner and to make a ring, in one thread's processor time, and how
 * rings of many members balance: a plain program, without JMH.
 */
final class RingBenchmark {
    private static final int KEYS = 1 << 16;
    private static final int KEY_BYTES = 20;
    private static final int ROUNDS = 40;
    private static final int REPEATS = 5;

    private final long keys = Arena.global().allocate((long) KEYS * KEY_BYTES, 8).address();

    private RingBenchmark() {
        for (int i = 0; i < KEYS; i++) {
            var key = String.format(Locale.ROOT, "user:%015d", i * 7919L);
            Memory.copyFrom(key.getBytes(StandardCharsets.US_ASCII), 0, keys + (long) i * KEY_BYTES,
                    KEY_BYTES);
        }
    }

    public static void main(String[] arguments) {
        var benchmark = new RingBenchmark();
        System.out.println("kind members ns/key ms/ring largest/mean moved*n");
        for (var kind : RingKind.values()) {
            for (int members : new int[] {1, 3, 10, 100}) {
                benchmark.line(kind, members);
            }
        }
    }

    private static List<Member> members(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Member("10.0.0." + (i + 1) + ":11211"))
                .toList();
    }

    private void line(RingKind kind, int members) {
        var config = new RingConfig(kind);
        var ring = Ring.of(members(members), config);
        double nanos = Double.MAX_VALUE;
        long found = 0;
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            long start = processorNanos();
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < KEYS; i++) {
                    found += ring.ownerOf(keys + (long) i * KEY_BYTES, KEY_BYTES);
                }
            }
            nanos = Math.min(nanos, (processorNanos() - start) / ((double) ROUNDS * KEYS));
        }
        long start = processorNanos();
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            found += Ring.of(members(members), config).members().size();
        }
        double millis = (processorNanos() - start) / 1e6 / REPEATS;
        System.out.printf(Locale.ROOT, "%-10s %4d %7.1f %7.2f %6.3f %6.3f   (%d)%n", kind.text(),
                members, nanos, millis, largest(ring) * members, moved(ring) * (members + 1),
                found);
    }

    private static double largest(Ring ring) {
        return IntStream.range(0, ring.members().size()).mapToDouble(ring::share).max().orElse(0);
    }

    /** The part of the keys that a member more moves. */
    private double moved(Ring ring) {
        var next = Ring.of(members(ring.members().size() + 1), ring.config());
        int moved = 0;
        for (int i = 0; i < KEYS; i++) {
            long key = keys + (long) i * KEY_BYTES;
            var before = ring.members().get(ring.ownerOf(key, KEY_BYTES));
            moved += before.equals(next.members().get(next.ownerOf(key, KEY_BYTES))) ? 0 : 1;
        }
        return moved / (double) KEYS;
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
