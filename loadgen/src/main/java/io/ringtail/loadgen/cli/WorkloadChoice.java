package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.preset.KeySpace;
import io.ringtail.loadgen.preset.LoadingWorkload;
import io.ringtail.loadgen.preset.Popularity;
import io.ringtail.loadgen.preset.Preset;
import io.ringtail.loadgen.preset.PresetWorkload;
import io.ringtail.loadgen.workload.Workload;
import java.util.List;
import java.util.stream.IntStream;

/** The workload that options name, for each event loop. */
record WorkloadChoice(Preset preset, KeySpace space, LoadOptions options) {
    private static final int HOT_KEYS = 10;
    private static final double HOT_SHARE = 0.9;

    static WorkloadChoice of(LoadOptions options) throws CommandFailure {
        var preset = Preset.named(options.workload)
                .orElseThrow(() -> CommandFailure.usage("--workload: there is no '"
                        + options.workload + "' (see ringtail loadgen --help)"));
        var ttl = options.ttl == null ? preset.ttlSeconds() : (int) (double) options.ttl;
        var space =
                new KeySpace(preset.keys(options.keys), options.keySize, options.valueSize, ttl);
        return new WorkloadChoice(preset, space, options);
    }

    boolean wantsKeysLoaded() {
        return preset.wantsKeysLoaded() && !options.noLoad;
    }

    int keysPerGet() {
        return preset.keysPerGet();
    }

    List<Workload> workloads(int loops) {
        var popularity = popularity();
        return IntStream.range(0, loops)
                .<Workload>mapToObj(loop -> new PresetWorkload(preset, popularity, space,
                        options.seed * 1_000 + loop))
                .toList();
    }

    List<Workload> loading(int loops) {
        return IntStream.range(0, loops)
                .<Workload>mapToObj(loop -> new LoadingWorkload(space, loop, loops))
                .toList();
    }

    private Popularity popularity() {
        if (preset == Preset.HOT_KEY) {
            return Popularity.hot(space.keys(), HOT_KEYS, HOT_SHARE);
        }
        return Popularity.uniform(space.keys());
    }
}
