package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.net.Server;
import io.ringtail.loadgen.preset.KeySpace;
import io.ringtail.loadgen.preset.LoadingWorkload;
import io.ringtail.loadgen.preset.Popularity;
import io.ringtail.loadgen.preset.Preset;
import io.ringtail.loadgen.preset.PresetWorkload;
import io.ringtail.loadgen.run.LoadRun;
import io.ringtail.loadgen.run.Monitor;
import io.ringtail.loadgen.run.WrongValueException;
import io.ringtail.loadgen.trace.TraceException;
import io.ringtail.loadgen.trace.TraceWorkload;
import io.ringtail.loadgen.workload.Workload;
import io.ringtail.loadgen.workload.WorkloadShape;
import io.ringtail.loadgen.workload.Workloads;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The workload that options name, and loads made of it. */
sealed interface WorkloadChoice {
    String REPLAY = "replay";
    String SYNTHETIC = "synthetic:";
    int SEEDS = 1_000;

    LoadOptions options();

    /** A workload for each event loop. */
    List<Workload> workloads() throws CommandFailure;

    /** Keys of a get unless the options say. */
    default int keysPerGet() {
        return 1;
    }

    /** Stores what should be there before it starts. */
    default void load(List<Server> servers, Consumer<String> said)
            throws InterruptedException, WrongValueException {
        // Traces and synthetic workloads begin with an empty cache.
    }

    default LoadRun run(List<Server> servers, Monitor monitor) throws CommandFailure {
        return new LoadRun(options().plan(keysPerGet()), servers, workloads(), monitor);
    }

    static WorkloadChoice of(LoadOptions options) throws CommandFailure {
        var name = options.workload;
        if (name.equals(REPLAY) || options.trace != null) {
            return replay(options);
        }
        var preset = Preset.named(name);
        if (preset.isPresent()) {
            return PresetChoice.of(preset.get(), options);
        }
        var shape = name.startsWith(SYNTHETIC) ? Workloads.named(name.substring(SYNTHETIC.length()))
                : Workloads.named(name);
        return new SyntheticChoice(
                shape.orElseThrow(() -> CommandFailure
                        .usage("--workload: there is no '" + name + "', only " + names())),
                options);
    }

    private static WorkloadChoice replay(LoadOptions options) throws CommandFailure {
        if (options.trace == null || !options.workload.equals(REPLAY)
                && !options.workload.equals(LoadOptions.DEFAULT_WORKLOAD)) {
            throw CommandFailure.usage("--workload replay and --trace FILE belong together");
        }
        return new ReplayChoice(options.trace, options);
    }

    /** All names that {@code --workload} takes. */
    static String names() {
        return Stream
                .of(Stream.of(Preset.values()).map(Preset::text), Stream.of(REPLAY),
                        Workloads.all().stream().map(it -> SYNTHETIC + it.name()))
                .flatMap(it -> it)
                .collect(Collectors.joining(", "));
    }

    /** A named workload. */
    record PresetChoice(Preset preset, KeySpace space, LoadOptions options)
            implements WorkloadChoice {
        private static final int HOT_KEYS = 10;
        private static final double HOT_SHARE = 0.9;

        static PresetChoice of(Preset preset, LoadOptions options) {
            int ttl = options.ttl == null ? preset.ttlSeconds() : (int) (double) options.ttl;
            return new PresetChoice(preset, new KeySpace(preset.keys(options.keys), options.keySize,
                    options.valueSize, ttl), options);
        }

        @Override
        public int keysPerGet() {
            return preset.keysPerGet();
        }

        @Override
        public List<Workload> workloads() {
            var popularity = popularity();
            return IntStream.range(0, options.threads)
                    .<Workload>mapToObj(loop -> new PresetWorkload(preset, popularity, space,
                            options.seed * SEEDS + loop))
                    .toList();
        }

        private Popularity popularity() {
            if (options.zipf > 0) {
                return Popularity.zipf(space.keys(), options.zipf);
            }
            return preset == Preset.HOT_KEY ? Popularity.hot(space.keys(), HOT_KEYS, HOT_SHARE)
                    : Popularity.uniform(space.keys());
        }

        @Override
        public void load(List<Server> servers, Consumer<String> said)
                throws InterruptedException, WrongValueException {
            if (!preset.wantsKeysLoaded() || options.noLoad) {
                return;
            }
            var monitor = new Monitor(servers, sample -> {});
            var loading = IntStream.range(0, options.threads)
                    .mapToObj(loop -> new LoadingWorkload(space, loop, options.threads))
                    .toList();
            new LoadRun(options.loadingPlan(), servers, loading, monitor).run();
            long failures = monitor.total(total -> total.results().failures());
            if (failures > 0) {
                said.accept("of " + space.keys() + " keys " + failures
                        + " could not be stored before the start " + monitor.errorLines());
            }
        }
    }

    /** A workload made after the figures of a real cache. */
    record SyntheticChoice(WorkloadShape shape, LoadOptions options) implements WorkloadChoice {
        @Override
        public List<Workload> workloads() {
            return IntStream.range(0, options.threads)
                    .mapToObj(loop -> shape.start(options.seed * SEEDS + loop))
                    .toList();
        }
    }

    /** A trace; all loops share the one stream. */
    record ReplayChoice(Path trace, LoadOptions options) implements WorkloadChoice {
        @Override
        public List<Workload> workloads() throws CommandFailure {
            try {
                return Collections.nCopies(options.threads, TraceWorkload.open(trace));
            } catch (NoSuchFileException e) {
                throw CommandFailure.usage("--trace: there is no file " + trace);
            } catch (IOException | TraceException e) {
                throw CommandFailure.usage("--trace: " + e.getMessage());
            }
        }
    }
}
