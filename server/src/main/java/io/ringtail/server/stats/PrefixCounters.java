package io.ringtail.server.stats;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.server.execution.PrefixCounts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * {@code stats detail}: gets, hits, sets and deletes by key prefix, while it is on. Keys without
 * the delimiter are not counted, nor are more than {@value #MAX_PREFIXES} prefixes. Thread-safe.
 */
public final class PrefixCounters implements PrefixCounts {
    static final int MAX_PREFIXES = 1 << 16;

    private final Map<String, Counts> counts = new ConcurrentHashMap<>();
    private final byte delimiter;
    private volatile boolean on;

    private record Counts(LongAdder gets, LongAdder hits, LongAdder sets, LongAdder deletes) {
        Counts() {
            this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
        }
    }

    public PrefixCounters(char delimiter, boolean on) {
        this.delimiter = (byte) delimiter;
        this.on = on;
    }

    public void turn(boolean nowOn) {
        on = nowOn;
    }

    /** This where counting is on, else null. */
    public @Nullable PrefixCounts whereOn() {
        return on ? this : null;
    }

    boolean isOn() {
        return on;
    }

    @Override
    public void get(long keyAddress, int keyBytes, boolean hit) {
        var found = find(keyAddress, keyBytes);
        if (found != null) {
            found.gets.increment();
            if (hit) {
                found.hits.increment();
            }
        }
    }

    @Override
    public void set(long keyAddress, int keyBytes) {
        var found = find(keyAddress, keyBytes);
        if (found != null) {
            found.sets.increment();
        }
    }

    @Override
    public void delete(long keyAddress, int keyBytes) {
        var found = find(keyAddress, keyBytes);
        if (found != null) {
            found.deletes.increment();
        }
    }

    private @Nullable Counts find(long keyAddress, int keyBytes) {
        int length = 0;
        while (length < keyBytes && Memory.getByte(keyAddress + length) != delimiter) {
            length++;
        }
        if (length == keyBytes) {
            return null;
        }
        var prefix = Memory.latin1(keyAddress, length);
        var found = counts.get(prefix);
        if (found == null && counts.size() < MAX_PREFIXES) {
            found = counts.computeIfAbsent(prefix, _ -> new Counts());
        }
        return found;
    }

    /** All prefixes, {@code PREFIX name get n hit n set n del n} each, and END. */
    public String dump() {
        var lines = new StringBuilder();
        counts.forEach((prefix, count) -> lines.append("PREFIX ")
                .append(prefix)
                .append(" get ")
                .append(count.gets)
                .append(" hit ")
                .append(count.hits)
                .append(" set ")
                .append(count.sets)
                .append(" del ")
                .append(count.deletes)
                .append("\r\n"));
        return lines.append("END\r\n").toString();
    }

    void reset() {
        counts.clear();
    }
}
