package io.ringtail.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.channel.EventLoopGroup;
import io.ringtail.metrics.counters.DurationCounters;
import io.ringtail.server.execution.HotKeys.HotKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes a sample of the node each second, from the first visitor on, keeps those of the last
 * minutes, and sends each to all who listen, as server-sent events. Samples are taken on a virtual
 * thread. Thread-safe.
 */
final class LiveFeed {
    private static final int KEPT = 300;
    /** Percentiles are of the requests of so many samples: only some requests are timed. */
    private static final int WINDOW = 10;
    private static final Map<String, Double> PERCENTILES =
            Map.of("p50", 0.5, "p95", 0.95, "p99", 0.99, "p999", 0.999);

    private final NodeState node;
    private final EventLoopGroup group;
    private final ArrayDeque<LiveSample> kept = new ArrayDeque<>();
    private final List<EventStream> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean started = new AtomicBoolean();

    LiveFeed(NodeState node, EventLoopGroup group) {
        this.node = node;
        this.group = group;
    }

    /** Sends what was kept to a new listener, and each sample from now on. */
    void add(EventStream listener) {
        if (started.compareAndSet(false, true)) {
            var unused = group.next()
                    .scheduleAtFixedRate(() -> Thread.ofVirtual().name("live").start(this::sample),
                            0, 1, TimeUnit.SECONDS);
        }
        Thread.ofVirtual().name("history").start(() -> listener.send(welcome(listener)));
    }

    private synchronized byte[] welcome(EventStream listener) {
        listeners.add(listener);
        listener.whenClosed(() -> listeners.remove(listener));
        return event("history", json -> {
            json.writeStringField("node",
                    node.members()
                            .stream()
                            .filter(NodeState.MemberRow::self)
                            .map(NodeState.MemberRow::node)
                            .findFirst()
                            .orElse(""));
            json.writeStringField("version", node.version());
            json.writeArrayFieldStart("samples");
            for (var sample : kept) {
                sample.write(json);
            }
            json.writeEndArray();
        });
    }

    private synchronized void sample() {
        var now = node.snapshot();
        var before = kept.isEmpty() ? new DurationCounters()
                : kept.peekFirst().node().counters().durations;
        int skipped = Math.max(0, kept.size() - WINDOW);
        for (var old : kept) {
            if (skipped-- == 0) {
                before = old.node().counters().durations;
            }
        }
        var percentiles = new LinkedHashMap<String, Long>();
        for (var each : PERCENTILES.entrySet()) {
            percentiles.put(each.getKey(),
                    LiveSample.percentile(before, now.counters().durations, each.getValue()));
        }
        var sample = new LiveSample(node.uptimeMillis(), now, percentiles);
        kept.addLast(sample);
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
        if (!listeners.isEmpty()) {
            var hot = node.hotKeys();
            var event = event("sample", json -> {
                json.writeFieldName("sample");
                sample.write(json);
                json.writeArrayFieldStart("hot");
                writeHotKeys(json, hot);
                json.writeEndArray();
            });
            listeners.forEach(listener -> listener.send(event));
        }
    }

    /** {@code {"key": as text, "encoded": for a path, "per_second": ...}}. */
    static void writeHotKeys(JsonGenerator json, List<HotKey> keys) throws IOException {
        for (var each : keys) {
            json.writeStartObject();
            json.writeStringField("key", new String(each.key(), StandardCharsets.UTF_8));
            json.writeStringField("encoded", PercentCode.encode(each.key()));
            json.writeNumberField("per_second", Math.round(each.perSecond()));
            json.writeEndObject();
        }
    }

    private static byte[] event(String name, JsonText.Fields fields) {
        return ("event: " + name + "\ndata: " + JsonText.object(fields) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
