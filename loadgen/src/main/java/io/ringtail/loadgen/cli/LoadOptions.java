package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.breaker.BreakerConfig;
import io.ringtail.loadgen.net.ClientConfig;
import io.ringtail.loadgen.preset.ValueSizes;
import io.ringtail.loadgen.run.LoadPlan;
import io.ringtail.loadgen.run.LoadPlan.Batches;
import io.ringtail.loadgen.run.LoadPlan.Pace;
import io.ringtail.loadgen.run.LoadPlan.Spread;
import io.ringtail.loadgen.workload.KeyText;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a load is like, as the command line says it. Filled by picocli. */
final class LoadOptions {
    static final String DEFAULT_WORKLOAD = "mixed";
    private static final int KEY_DIGITS = 13;
    private static final int MAX_WORKERS = 100_000;
    private static final int MAX_BATCH = 10_000;
    private static final int MILLIS = 1_000;

    /** How keys find servers. */
    enum SpreadOption {
        key, any
    }

    /** Which commands are sent. */
    enum Protocol {
        classic, meta
    }

    // @formatter:off
    @Option(names = "--workload", paramLabel = "<name>", defaultValue = DEFAULT_WORKLOAD,
            description = "what to ask for (see below; default: mixed)")
    String workload = DEFAULT_WORKLOAD;

    @Option(names = "--trace", paramLabel = "<file>",
            description = "the trace that --workload replay sends: CSV, plain or .gz")
    @Nullable Path trace;

    @Option(names = {"-c", "--concurrency"}, paramLabel = "<n>", defaultValue = "50",
            description = "clients at a time (default: 50)")
    int concurrency = 50;

    @Option(names = "--duration", paramLabel = "<time>", converter = Durations.class,
            description = "how long, for example 60s (default: until Ctrl-C)")
    double duration;

    @Option(names = "--warmup", paramLabel = "<time>", converter = Durations.class,
            description = "before counting starts (default: 0s)")
    double warmup;

    @Option(names = "--rate", paramLabel = "<n>",
            description = "operations a second; latency counts from when each was due (default: 0,"
                    + " as many as come back)")
    double rate;

    @Option(names = "--threads", paramLabel = "<n>", defaultValue = "1",
            description = "event loops (default: 1)")
    int threads = 1;

    @Option(names = "--pipeline", paramLabel = "<n>", defaultValue = "1",
            description = "commands that a client sends at once (default: 1)")
    int pipeline = 1;

    @Option(names = "--keys-per-get", paramLabel = "<n>",
            description = "keys of one get (default: 1; multi-get: 50)")
    @Nullable Integer keysPerGet;

    @Option(names = "--protocol", paramLabel = "classic|meta", defaultValue = "classic",
            description = "commands to send (default: classic)")
    Protocol protocol = Protocol.classic;

    @Option(names = "--keys", paramLabel = "<n>", defaultValue = "100000",
            description = "how many keys (default: 100000)")
    long keys = 100_000;

    @Option(names = "--key-size", paramLabel = "<bytes>", defaultValue = "16",
            description = "length of keys (default: 16)")
    int keySize = 16;

    @Option(names = "--value-size", paramLabel = "<size>", defaultValue = "100",
            converter = ValueSizeOption.class,
            description = "length of values: 100, 10-1000, 100:90,1000:10 or lognormal:300,0.5"
                    + " (default: 100)")
    ValueSizes valueSize = ValueSizes.fixed(100);

    @Option(names = "--ttl", paramLabel = "<time>", converter = Durations.class,
            description = "how long values live (default: for ever)")
    @Nullable Double ttl;

    @Option(names = "--zipf", paramLabel = "<exponent>",
            description = "some keys are asked for more, by Zipf's law (default: all alike)")
    double zipf;

    @Option(names = "--spread", paramLabel = "key|any", defaultValue = "key",
            description = "key: a key always goes to the same server; any: to each in turn, for"
                    + " nodes of one cluster (default: key)")
    SpreadOption spread = SpreadOption.key;

    @Option(names = "--timeout", paramLabel = "<time>", converter = Durations.class,
            defaultValue = "500ms",
            description = "for an answer (default: 500ms)")
    double timeout = 0.5;

    @Option(names = "--pool", paramLabel = "<n>",
            description = "connections to each server at most (default: as many as clients)")
    @Nullable Integer pool;

    @Option(names = "--breaker-window", paramLabel = "<n>", defaultValue = "10",
            description = "last requests that the circuit breaker looks at (default: 10)")
    int breakerWindow = 10;

    @Option(names = "--breaker-failures", paramLabel = "<percent>", defaultValue = "50",
            description = "of them failed: it opens (default: 50)")
    int breakerFailures = 50;

    @Option(names = "--breaker-wait", paramLabel = "<time>", converter = Durations.class,
            defaultValue = "1s",
            description = "before it lets requests through again (default: 1s)")
    double breakerWait = 1;

    @Option(names = "--seed", paramLabel = "<n>", defaultValue = "1",
            description = "the same seed asks for the same keys (default: 1)")
    long seed = 1;

    @Option(names = "--no-load",
            description = "do not store all keys before it starts")
    boolean noLoad;

    @Option(names = "--no-fill", description = "do not store what was missed")
    boolean noFill;
    // @formatter:on

    void validate() throws CommandFailure {
        bound("--concurrency", concurrency, 1, MAX_WORKERS);
        bound("--threads", threads, 1, Math.min(concurrency, 256));
        bound("--pipeline", pipeline, 1, MAX_BATCH);
        bound("--keys-per-get", keysPerGet == null ? 1 : keysPerGet, 1, MAX_BATCH);
        bound("--keys", keys, 1, 1L << 40);
        bound("--key-size", keySize, KEY_DIGITS, KeyText.MAX_BYTES);
        bound("--pool", connections(), threads, MAX_WORKERS);
        bound("--breaker-window", breakerWindow, 1, 10_000);
        bound("--breaker-failures", breakerFailures, 1, 100);
        bound("--timeout", (long) (timeout * MILLIS), 1, 3_600_000);
        bound("--breaker-wait", (long) (breakerWait * MILLIS), 1, 3_600_000);
        if (!(rate >= 0) || rate > 1e9) {
            throw CommandFailure.usage("--rate: " + rate + " is not a rate");
        }
        if (!(zipf >= 0) || zipf > 10) {
            throw CommandFailure.usage("--zipf: the exponent is from 0 to 10");
        }
        if (ttl != null) {
            bound("--ttl", (long) (double) ttl, 0, 30 * 86_400);
        }
    }

    /** What is asked for, for people. */
    String workloadName() {
        return trace == null ? workload : WorkloadChoice.REPLAY;
    }

    private static void bound(String name, long value, long least, long most)
            throws CommandFailure {
        if (value < least || value > most) {
            throw CommandFailure
                    .usage(name + ": " + value + " is not from " + least + " to " + most);
        }
    }

    private int connections() {
        return pool == null ? concurrency : pool;
    }

    private ClientConfig client() {
        return new ClientConfig(threads, connections(), (int) (timeout * MILLIS));
    }

    BreakerConfig breaker() {
        return new BreakerConfig(breakerWindow, breakerFailures, (long) (breakerWait * MILLIS), 3);
    }

    /** The load itself; {@code keysOfGet} is what the workload wants. */
    LoadPlan plan(int keysOfGet) {
        return new LoadPlan(client(), concurrency,
                new Batches(pipeline, keysPerGet == null ? keysOfGet : keysPerGet,
                        protocol == Protocol.meta, !noFill),
                spread(), new Pace(rate, duration, warmup));
    }

    /** As {@link #plan}, but to store each key once, as fast as it goes. */
    LoadPlan loadingPlan() {
        return new LoadPlan(client(), Math.max(threads, Math.min(concurrency, 4)),
                new Batches(100, 1, protocol == Protocol.meta, false), spread(), new Pace(0, 0, 0));
    }

    private Spread spread() {
        return spread == SpreadOption.any ? Spread.ANY : Spread.BY_KEY;
    }
}
