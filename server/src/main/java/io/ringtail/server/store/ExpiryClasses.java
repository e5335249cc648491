package io.ringtail.server.store;

/**
 * Classes of time to live, so that items of a segment expire at about the same time: class 0 never
 * expires, the others span a factor of four each from 16 seconds up. Small stores have fewer,
 * because each class in use has an open segment. Immutable.
 */
final class ExpiryClasses {
    static final int NEVER = 0;
    static final int MAX_CLASSES = 11;
    private static final int FIRST_SPAN_LOG2 = 4;
    /** Segments of a shard from which all classes are kept, and from which two are. */
    private static final int SEGMENTS_FOR_ALL = 192;
    private static final int SEGMENTS_FOR_TWO = 96;
    /** Spans of a quarter of an hour and more are long where there are only two. */
    private static final int LONG_LOG2 = 10;

    private final int count;

    ExpiryClasses(long segmentsPerShard) {
        this.count = segmentsPerShard >= SEGMENTS_FOR_ALL ? MAX_CLASSES
                : segmentsPerShard >= SEGMENTS_FOR_TWO ? 3
                : 2;
    }

    int count() {
        return count;
    }

    int of(int exptime, int now) {
        if (exptime == 0) {
            return NEVER;
        }
        int log2 = 32 - Integer.numberOfLeadingZeros(Math.max(exptime - now, 1) - 1);
        return switch (count) {
            case 2 -> 1;
            case 3 -> log2 < LONG_LOG2 ? 1 : 2;
            default -> Math.min(MAX_CLASSES - 1, 1 + Math.max(0, log2 - FIRST_SPAN_LOG2 + 1 >> 1));
        };
    }
}
