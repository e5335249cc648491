package io.ringtail.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ringtail.metrics.counters.DurationCounters;
import io.ringtail.metrics.counters.DurationCounters.Family;
import io.ringtail.metrics.counters.LoopCounters;
import io.ringtail.metrics.counters.SizeClassCounters;
import io.ringtail.metrics.exposition.NodeSnapshot;
import java.io.IOException;
import java.util.Map;

/**
 * What the live page is told each second: everything counted since the start, and what there is
 * now. Immutable.
 *
 * @param uptimeMillis when it was taken, since the node's start
 * @param percentiles of the requests of the last seconds, in nanoseconds, by name
 */
record LiveSample(long uptimeMillis, NodeSnapshot node, Map<String, Long> percentiles) {
    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("at", uptimeMillis);
        writeCounters(json, node.counters());
        var cache = node.cache();
        json.writeNumberField("items", cache.entries());
        json.writeNumberField("bytes", cache.bytes());
        json.writeNumberField("memory", cache.memoryBytes());
        json.writeNumberField("limit", cache.limitBytes());
        json.writeNumberField("evictions", cache.evictions());
        json.writeNumberField("expirations", cache.expirations());
        json.writeNumberField("connections", node.connections());
        for (var percentile : percentiles.entrySet()) {
            json.writeNumberField(percentile.getKey(), percentile.getValue());
        }
        json.writeEndObject();
    }

    private static void writeCounters(JsonGenerator json, LoopCounters counters)
            throws IOException {
        json.writeNumberField("hits", counters.classes.all(SizeClassCounters.GET_HITS));
        json.writeNumberField("misses", counters.getMisses);
        json.writeNumberField("sets", counters.classes.all(SizeClassCounters.CMD_SET));
        json.writeNumberField("deletes",
                counters.classes.all(SizeClassCounters.DELETE_HITS) + counters.deleteMisses);
        json.writeNumberField("others",
                counters.classes.all(SizeClassCounters.INCR_HITS) + counters.incrMisses
                        + counters.classes.all(SizeClassCounters.DECR_HITS) + counters.decrMisses
                        + counters.cmdTouch + counters.cmdFlush);
        json.writeNumberField("read", counters.bytesRead);
        json.writeNumberField("written", counters.bytesWritten);
    }

    /** The time that {@code part} of the requests between two counts stayed below. */
    static long percentile(DurationCounters before, DurationCounters after, double part) {
        long all = 0;
        for (int bucket = 0; bucket < DurationCounters.buckets(); bucket++) {
            all += counted(before, after, bucket);
        }
        long below = 0;
        for (int bucket = 0; bucket < DurationCounters.buckets(); bucket++) {
            below += counted(before, after, bucket);
            if (all > 0 && below >= part * all) {
                return bucket == DurationCounters.buckets() - 1
                        ? DurationCounters.upperNanos(bucket - 1)
                        : DurationCounters.upperNanos(bucket);
            }
        }
        return 0;
    }

    private static long counted(DurationCounters before, DurationCounters after, int bucket) {
        long counted = 0;
        for (var family : Family.values()) {
            counted += after.of(family, bucket) - before.of(family, bucket);
        }
        return counted;
    }
}
