package io.ringtail.loadgen.run;

import io.ringtail.loadgen.net.Server;
import io.ringtail.loadgen.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sums up a load while it runs, and remembers each second of it. Thread-safe. */
public final class Monitor implements LoadRun.Progress {
    /** What a very long load remembers: its last day. */
    private static final int MAX_SAMPLES = 86_400;
    private static final int MAX_ERROR_LINES = 20;

    private final List<Server> servers;
    private final Consumer<Sample> heard;
    private final Interval total = Interval.empty();
    private final List<Sample> samples = new ArrayList<>();
    private final Map<String, Long> errorLines = new TreeMap<>();

    /** {@code heard} is called with each second. */
    public Monitor(List<Server> servers, Consumer<Sample> heard) {
        this.servers = List.copyOf(servers);
        this.heard = heard;
    }

    @Override
    public void passed(double fromSeconds, double toSeconds, Interval counted) {
        var states = servers.stream().map(it -> it.breaker().state()).toList();
        var sample = new Sample(fromSeconds, toSeconds, counted.results(),
                Percentiles.of(counted.latency()), states);
        synchronized (this) {
            total.add(counted);
            samples.add(sample);
            if (samples.size() > MAX_SAMPLES) {
                samples.removeFirst();
            }
        }
        heard.accept(sample);
    }

    @Override
    public synchronized void refused(String line) {
        if (errorLines.size() < MAX_ERROR_LINES || errorLines.containsKey(line)) {
            errorLines.merge(line, 1L, Long::sum);
        }
    }

    public List<Server> servers() {
        return servers;
    }

    /** Reads the sum of everything so far. */
    public synchronized <T> T total(Function<Interval, T> reader) {
        return reader.apply(total);
    }

    public synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** The last second that is over. */
    public synchronized @Nullable Sample last() {
        return samples.isEmpty() ? null : samples.getLast();
    }

    /** Error lines of servers, and how often they came. */
    public synchronized Map<String, Long> errorLines() {
        return Map.copyOf(errorLines);
    }
}
