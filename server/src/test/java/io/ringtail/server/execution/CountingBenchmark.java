package io.ringtail.server.execution;

import io.ringtail.metrics.counters.DurationCounters.Family;
import io.ringtail.metrics.counters.SizeClassCounters;
import io.ringtail.metrics.counters.StoreCounters.Command;
import io.ringtail.metrics.counters.StoreCounters.Result;
import io.ringtail.protocol.memory.Memory;
import java.lang.foreign.Arena;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a get that hits and a set cost with and without all that is counted for them: commands,
 * results, size classes, bytes, the samples of durations and of hot keys. docs/metrics.md says how
 * to run it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 4, jvmArgs = {"--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"})
public class CountingBenchmark {
    private static final int KEYS = 1024;
    private static final int KEY_BYTES = 16;
    private static final int VALUE_BYTES = 100;

    private final TestNode node = new TestNode();
    private final LoopContext loop = node.loop;
    private final long keys = Arena.global().allocate(KEYS * KEY_BYTES, 8).address();
    private final long reply = Arena.global().allocate(256, 8).address();
    private int next;

    /** Fills the store. */
    @Setup
    public void fill() {
        for (int i = 0; i < KEYS; i++) {
            long key = keys + (long) i * KEY_BYTES;
            Memory.putLong(key, 0x6161616161616161L + i);
            Memory.putLong(key + 8, 0x6262626262626262L);
            set(key);
        }
    }

    /** Gives the memory back. */
    @TearDown
    public void close() {
        node.close();
    }

    /** Only finds and copies. */
    @Benchmark
    public long readWithoutCounting() {
        return get(nextKey());
    }

    /** Counts as {@link TextReader}, session and connection do for one get in one read. */
    @Benchmark
    public long readWithCounting() {
        var counters = loop.counters();
        var durations = counters.durations;
        if (durations.isDue()) {
            durations.start(System.nanoTime());
        }
        counters.bytesRead += KEY_BYTES;
        long key = nextKey();
        loop.hotKeys().read(key, KEY_BYTES);
        long bytes = get(key);
        counters.classes.count(loop.view().sizeClass(), SizeClassCounters.GET_HITS);
        counters.bytesWritten += bytes;
        if (durations.isStarted()) {
            durations.finish(System.nanoTime(), Family.GET);
        }
        return bytes;
    }

    /** Only writes. */
    @Benchmark
    public long writeWithoutCounting() {
        return set(nextKey());
    }

    /** Counts as {@link Engine}, session and connection do for one set in one read. */
    @Benchmark
    public long writeWithCounting() {
        var counters = loop.counters();
        var durations = counters.durations;
        if (durations.isDue()) {
            durations.start(System.nanoTime());
        }
        counters.bytesRead += VALUE_BYTES;
        counters.classes.count(loop.store().sizeClass(KEY_BYTES, VALUE_BYTES, 0),
                SizeClassCounters.CMD_SET);
        long cas = set(nextKey());
        counters.stores.count(Command.SET, Result.STORED);
        counters.bytesWritten += KEY_BYTES;
        if (durations.isStarted()) {
            durations.finish(System.nanoTime(), Family.STORE);
        }
        return cas;
    }

    private long nextKey() {
        next = next + 1 & KEYS - 1;
        return keys + (long) next * KEY_BYTES;
    }

    private long get(long key) {
        var view = loop.view();
        long hash = loop.store().hash(key, KEY_BYTES);
        while (view.find(hash, key, KEY_BYTES, loop.now())) {
            long bytes = view.valueBytes();
            Memory.copy(view.inlineAddress(), reply, bytes);
            if (view.isConsistent()) {
                view.markRead(loop.now());
                return bytes;
            }
        }
        return 0;
    }

    private long set(long key) {
        var mutation = loop.mutation();
        mutation.begin(loop.store().hash(key, KEY_BYTES), key, KEY_BYTES, loop.now());
        try {
            Memory.copy(reply, mutation.allocate(VALUE_BYTES, 0, 0), VALUE_BYTES);
            return mutation.commit(0);
        } finally {
            mutation.end();
        }
    }
}
