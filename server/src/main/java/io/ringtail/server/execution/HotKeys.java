package io.ringtail.server.execution;

import io.ringtail.protocol.memory.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The keys that are read most, of a sample of one read in about {@value #INTERVAL}.
 *
 * <p>Space saving: a key that has no counter takes the smallest one over, with its count as what it
 * may be wrong by. Once a second all counts shrink, so that they follow the last seconds. Hot path:
 * between samples a read costs one decrement, and nothing is allocated; see CountingBenchmark.
 * Owner: an event loop; {@link #top()} may be asked by others.
 */
public final class HotKeys {
    /** Mean distance of samples. */
    private static final int INTERVAL = 256;
    private static final int COUNTERS = 128;
    private static final int SHOWN = 20;
    private static final int MAX_KEY_BYTES = 255;
    /** What is left of a count after a second. */
    private static final double KEPT = 0.8;
    private static final double FORGOTTEN = 0.05;

    private final long[] hashes = new long[COUNTERS];
    private final double[] counts = new double[COUNTERS];
    private final double[] errors = new double[COUNTERS];
    private final byte[] keys = new byte[COUNTERS * MAX_KEY_BYTES];
    private final int[] lengths = new int[COUNTERS];
    private int countdown = INTERVAL;
    private int random = 0x2545f491;
    private volatile List<HotKey> top = List.of();

    /** A key and about how often it is read in a second. */
    public record HotKey(byte[] key, double perSecond) {}

    /** A key is read. */
    void read(long keyAddress, int keyBytes) {
        if (--countdown <= 0) {
            sample(hash(keyAddress, keyBytes), keyAddress, keyBytes);
        }
    }

    private static long hash(long keyAddress, int keyBytes) {
        long hash = keyBytes;
        for (int i = 0; i < keyBytes; i++) {
            hash = (hash ^ Memory.getByte(keyAddress + i)) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    private void sample(long hash, long keyAddress, int keyBytes) {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        countdown = INTERVAL / 2 + (random & INTERVAL - 1);
        int known = indexOf(hash, keyBytes);
        if (known >= 0) {
            counts[known]++;
            return;
        }
        int smallest = smallest();
        hashes[smallest] = hash;
        errors[smallest] = counts[smallest];
        counts[smallest]++;
        lengths[smallest] = keyBytes;
        Memory.copyTo(keyAddress, keys, smallest * MAX_KEY_BYTES, keyBytes);
    }

    private int indexOf(long hash, int keyBytes) {
        for (int i = 0; i < COUNTERS; i++) {
            if (hashes[i] == hash && lengths[i] == keyBytes) {
                return i;
            }
        }
        return -1;
    }

    private int smallest() {
        int smallest = 0;
        double least = counts[0];
        for (int i = 1; i < COUNTERS; i++) {
            if (counts[i] < least) {
                least = counts[i];
                smallest = i;
            }
        }
        return smallest;
    }

    /** Once a second, on the loop: shows what was counted, and lets it fade. */
    public void tick() {
        var shown = new ArrayList<HotKey>();
        for (int i = 0; i < COUNTERS; i++) {
            double certain = counts[i] - errors[i];
            if (certain > FORGOTTEN) {
                int from = i * MAX_KEY_BYTES;
                shown.add(new HotKey(Arrays.copyOfRange(keys, from, from + lengths[i]),
                        certain * INTERVAL * (1 - KEPT)));
            }
            counts[i] *= KEPT;
            errors[i] *= KEPT;
        }
        shown.sort(Comparator.comparingDouble(HotKey::perSecond).reversed());
        top = List.copyOf(shown.subList(0, Math.min(SHOWN, shown.size())));
    }

    /** The keys that were read most when the last second ended, the most read first. */
    public List<HotKey> top() {
        return top;
    }
}
