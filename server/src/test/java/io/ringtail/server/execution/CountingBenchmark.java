package io.ringtail.server.execution;

import io.ringtail.metrics.counters.DurationCounters.Family;
import io.ringtail.metrics.counters.SizeClassCounters;
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
 * What a get that hits costs with and without all that is counted for it: commands, hits, size
 * classes, bytes, the sample of durations and that of hot keys. docs/metrics.md says how to run it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgs = {"--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"})
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
        var mutation = loop.mutation();
        for (int i = 0; i < KEYS; i++) {
            long key = keys + (long) i * KEY_BYTES;
            Memory.putLong(key, 0x6161616161616161L + i);
            Memory.putLong(key + 8, 0x6262626262626262L);
            mutation.begin(loop.store().hash(key, KEY_BYTES), key, KEY_BYTES, loop.now());
            Memory.fill(mutation.allocate(VALUE_BYTES, 0, 0), VALUE_BYTES, (byte) 'x');
            mutation.commit(0);
            mutation.end();
        }
    }

    /** Gives the memory back. */
    @TearDown
    public void close() {
        node.close();
    }

    /** Only finds and copies. */
    @Benchmark
    public long uncounted() {
        return get(nextKey());
    }

    /** As the text protocol's reader and its connection count. */
    @Benchmark
    public long counted() {
        long key = nextKey();
        var counters = loop.counters();
        var durations = counters.durations;
        if (durations.isDue()) {
            durations.start(System.nanoTime());
        }
        counters.bytesRead += KEY_BYTES;
        loop.hotKeys().read(key, KEY_BYTES);
        counters.cmdGet++;
        long bytes = get(key);
        counters.getHits++;
        counters.classes.count(loop.view().sizeClass(), SizeClassCounters.GET_HITS);
        counters.bytesWritten += bytes;
        if (durations.isStarted()) {
            durations.finish(System.nanoTime(), Family.GET);
        }
        return bytes;
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
}
