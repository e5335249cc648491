package io.ringtail.loadgen.run;

import java.util.Arrays;

/** What was missed and is to be stored. Owner: a worker. */
final class Fills {
    private static final int FIRST = 8;

    private long[] keys = new long[FIRST];
    private int[] keyBytes = new int[FIRST];
    private int[] valueBytes = new int[FIRST];
    private int[] ttls = new int[FIRST];
    private int count;

    /** Takes one. */
    @FunctionalInterface
    interface Taker {
        void take(long key, int keyBytes, int valueBytes, int ttlSeconds);
    }

    void add(long key, int bytesOfKey, int bytesOfValue, int ttlSeconds) {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, 2 * count);
            keyBytes = Arrays.copyOf(keyBytes, 2 * count);
            valueBytes = Arrays.copyOf(valueBytes, 2 * count);
            ttls = Arrays.copyOf(ttls, 2 * count);
        }
        keys[count] = key;
        keyBytes[count] = bytesOfKey;
        valueBytes[count] = bytesOfValue;
        ttls[count] = ttlSeconds;
        count++;
    }

    boolean isEmpty() {
        return count == 0;
    }

    void writeTo(Taker taker) {
        for (int i = 0; i < count; i++) {
            taker.take(keys[i], keyBytes[i], valueBytes[i], ttls[i]);
        }
    }

    void clear() {
        count = 0;
    }
}
