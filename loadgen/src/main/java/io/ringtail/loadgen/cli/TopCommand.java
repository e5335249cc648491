package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.ServerAddress;
import io.ringtail.loadgen.client.SidePort;
import io.ringtail.loadgen.client.TextClient;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ringtail top} */
@Command(name = "top", description = "Shows what a server does, a line each second, until Ctrl-C.",
        synopsisHeading = "Usage: ", sortOptions = false)
final class TopCommand extends ServerCommand {
    private static final int HEAD_EVERY = 20;
    private static final double MEBI = 1 << 20;
    private static final double NANOS = 1e9;

    // @formatter:off
    @Option(names = {"-n", "--count"}, paramLabel = "<n>", description = "stop after n lines")
    private long count = Long.MAX_VALUE;

    @Option(names = {"-i", "--interval"}, paramLabel = "<time>", converter = Durations.class,
            defaultValue = "1s", description = "between lines (default: 1s)")
    private double interval = 1;

    @Option(names = {"-k", "--keys"}, paramLabel = "<n>",
            description = "hottest keys below each line, as Ringtail tells them (default: 5)")
    private int keys = 5;

    @Option(names = "--http", paramLabel = "<host:port>",
            description = "the server's side port, which tells the hottest keys"
                    + " (default: 127.0.0.1:8080 for a server on loopback)")
    private @Nullable String http;
    // @formatter:on

    private @Nullable ServerAddress httpAddress;
    private @Nullable SidePort sidePort;

    TopCommand(Console console) {
        super(console);
    }

    @Override
    void validate() throws CommandFailure {
        if (!(interval > 0)) {
            throw CommandFailure.usage("--interval: longer than nothing");
        }
        if (keys < 0) {
            throw CommandFailure.usage("--keys: not below 0");
        }
        try {
            httpAddress = http == null ? null : ServerAddress.parseHttp(http);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--http: " + e.getMessage());
        }
    }

    @Override
    int ask(TextClient client) throws IOException {
        var stop = new CountDownLatch(1);
        try (var interrupt = new Interrupt(stop::countDown)) {
            findSidePort(client);
            var before = client.stats("");
            long since = System.nanoTime();
            for (long i = 0;
                    i < count && !stop.await((long) (interval * NANOS), TimeUnit.NANOSECONDS);
                    i++) {
                var now = client.stats("");
                long instant = System.nanoTime();
                print(i, figures(before, now, (instant - since) / NANOS));
                before = now;
                since = instant;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private void findSidePort(TextClient client) throws IOException {
        if (keys > 0) {
            var stats = client.stats("");
            boolean isLocal = client.address().getAddress().isLoopbackAddress();
            try {
                sidePort = SidePorts.of(server(), stats, isLocal, httpAddress);
            } catch (IOException e) {
                sayNoKeys(e);
            }
        }
    }

    /** By reads per second; null where nobody tells them, or no longer. */
    private @Nullable Map<String, Long> hottest() {
        try {
            return sidePort == null ? null : sidePort.hotKeys(keys);
        } catch (IOException e) {
            sidePort = null;
            sayNoKeys(e);
            return null;
        }
    }

    private void sayNoKeys(IOException why) {
        say("no hottest keys: " + why.getMessage());
    }

    private void print(long line, Map<String, Double> figures) {
        var hottest = hottest();
        if (json()) {
            var all = new LinkedHashMap<String, Object>(figures);
            if (hottest != null) {
                all.put("hottest_keys",
                        hottest.entrySet().stream().map(TopCommand::fields).toList());
            }
            printJson(all);
        } else {
            printText(line, figures, hottest == null ? Map.of() : hottest);
        }
        console().out().flush();
    }

    private void printText(long line, Map<String, Double> figures, Map<String, Long> hottest) {
        if (line % (sidePort == null ? HEAD_EVERY : Math.max(1, HEAD_EVERY / (1L + keys))) == 0) {
            print(String.format(Locale.ROOT, "%10s %10s %7s %9s %9s %12s %10s %8s %6s", "gets/s",
                    "sets/s", "hits %", "in MiB/s", "out MiB/s", "items", "MiB", "evict/s",
                    "conns"));
        }
        print(String.format(Locale.ROOT,
                "%,10.0f %,10.0f %7.2f %9.2f %9.2f %,12.0f %,10.1f %,8.0f %6.0f",
                figures.values().toArray()));
        hottest.forEach((key, reads) -> print(
                String.format(Locale.ROOT, "%,10d  %s", reads, Pairs.readable(key))));
    }

    private static Map<String, Object> fields(Map.Entry<String, Long> hot) {
        var fields = Pairs.of("key=" + hot.getKey());
        fields.put("reads_per_second", hot.getValue());
        return fields;
    }

    private static Map<String, Double> figures(Map<String, String> before, Map<String, String> now,
            double seconds) {
        double hits = number(now, "get_hits") - number(before, "get_hits");
        double gets = number(now, "cmd_get") - number(before, "cmd_get");
        var figures = new LinkedHashMap<String, Double>();
        figures.put("gets_per_second", gets / seconds);
        figures.put("sets_per_second", rate(before, now, "cmd_set", seconds));
        figures.put("hit_percent", gets == 0 ? 0 : 100 * hits / gets);
        figures.put("read_mib_per_second", rate(before, now, "bytes_read", seconds) / MEBI);
        figures.put("written_mib_per_second", rate(before, now, "bytes_written", seconds) / MEBI);
        figures.put("items", number(now, "curr_items"));
        figures.put("mib", number(now, "bytes") / MEBI);
        figures.put("evictions_per_second", rate(before, now, "evictions", seconds));
        figures.put("connections", number(now, "curr_connections"));
        return figures;
    }

    private static double rate(Map<String, String> before, Map<String, String> now, String name,
            double seconds) {
        return (number(now, name) - number(before, name)) / seconds;
    }

    private static double number(Map<String, String> stats, String name) {
        try {
            return Double.parseDouble(stats.getOrDefault(name, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
