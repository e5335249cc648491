package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.replay.MissCount;
import io.ringtail.loadgen.replay.Replay;
import io.ringtail.loadgen.workload.WorkloadShape;
import io.ringtail.loadgen.workload.Workloads;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringtail loadgen misses}: the miss ratios of two caches under the same workload. */
@Command(name = "misses",
        description = {"Replays a workload at two empty caches in lockstep and compares misses.",
            "Start both anew with the same -m for each run. Exit code 1 where B misses more."},
        synopsisHeading = "Usage: ", sortOptions = false, usageHelpAutoWidth = true)
final class MissesCommand extends ConsoleCommand {
    // @formatter:off
    @Parameters(index = "0", paramLabel = "A", arity = "0..1",
            description = "server to compare with, host:port")
    private @Nullable String reference;

    @Parameters(index = "1", paramLabel = "B", arity = "0..1",
            description = "server that is to miss no more often, host:port")
    private @Nullable String candidate;

    @Option(names = {"-w", "--workload"}, paramLabel = "<name>", defaultValue = "once",
            description = "one of those that --list names (default: once)")
    private String workload = "once";

    @Option(names = "--steps", paramLabel = "<number>", defaultValue = "5000000",
            description = "steps; the first third is not counted (default: 5000000)")
    private long steps = 5_000_000;

    @Option(names = "--seed", paramLabel = "<number>", defaultValue = "1",
            description = "of the workload (default: 1)")
    private long seed = 1;

    @Option(names = "--wait", paramLabel = "<time>", converter = Durations.class,
            defaultValue = "30s",
            description = "for servers to answer at all (default: 30s)")
    private double wait = 30;

    @Option(names = "--json", description = "one line of JSON instead of text")
    private boolean json;

    @Option(names = "--list", description = "name the workloads and what they are shaped on")
    private boolean list;
    // @formatter:on

    MissesCommand(Console console) {
        super(console);
    }

    @Override
    int run() throws Exception {
        if (list) {
            for (var shape : Workloads.all()) {
                console().out().printf(Locale.ROOT, "%-12s %s%n", shape.name(), shape.source());
            }
            console().out().flush();
            return 0;
        }
        if (reference == null || candidate == null) {
            throw CommandFailure.usage("misses takes two servers, A and B");
        }
        if (steps < 2) {
            throw CommandFailure.usage("--steps: at least 2");
        }
        return compare(shape(), List.of(reference, candidate));
    }

    private int compare(WorkloadShape shape, List<String> servers) throws Exception {
        var addresses = new ArrayList<InetSocketAddress>();
        for (var server : ServerList.parse(servers)) {
            addresses.add(ServerList.await(server, wait));
        }
        // Seconds pass as fast as the workload counts them where anything expires.
        long pace = shape.expires() ? WorkloadShape.STEPS_PER_SECOND : 0;
        var counts = new Replay(steps, steps / 3, pace).run(shape.start(seed), addresses);
        var a = counts.get(0);
        var b = counts.get(1);
        console().out().println(json ? json(shape, a, b) : text(shape, a, b));
        console().out().flush();
        return b.misses() > a.misses() ? CommandFailure.FAILED : 0;
    }

    private WorkloadShape shape() throws CommandFailure {
        return Workloads.named(workload)
                .orElseThrow(() -> CommandFailure
                        .usage("--workload: there is no '" + workload + "', but "
                                + Workloads.all()
                                        .stream()
                                        .map(WorkloadShape::name)
                                        .collect(Collectors.joining(", "))));
    }

    private static double fewer(MissCount a, MissCount b) {
        return a.misses() == 0 ? 0 : 100.0 * (a.misses() - b.misses()) / a.misses();
    }

    private static String text(WorkloadShape shape, MissCount a, MissCount b) {
        return String.format(Locale.ROOT,
                "%-12s misses: A %6.3f %%, B %6.3f %%, %.1f %% fewer; items: A %d, B %d; "
                        + "refused: A %d, B %d",
                shape.name(), a.percent(), b.percent(), fewer(a, b), a.items(), b.items(),
                a.refusals(), b.refusals());
    }

    private String json(WorkloadShape shape, MissCount a, MissCount b) {
        return String.format(Locale.ROOT,
                "{\"workload\": \"%s\", \"seed\": %d, \"steps\": %d, \"fewer_percent\": %.3f, "
                        + "\"a\": %s, \"b\": %s}",
                shape.name(), seed, steps, fewer(a, b), json(a), json(b));
    }

    private static String json(MissCount count) {
        return String.format(Locale.ROOT,
                "{\"reads\": %d, \"misses\": %d, \"percent\": %.4f, \"items\": %d, "
                        + "\"refused\": %d}",
                count.reads(), count.misses(), count.percent(), count.items(), count.refusals());
    }
}
