package io.ringtail.server.store;

import java.util.List;
import java.util.stream.IntStream;

/**
 * memcached's slab classes, to which items are assigned by the size they would have there, so that
 * tools that read statistics per class work. Nothing is allocated by class. Immutable.
 */
public final class SizeClasses {
    /** memcached's item header without the CAS unique. */
    static final int ITEM_HEADER_BYTES = 48;
    private static final int CAS_BYTES = 8;
    /** memcached's slab_chunk_max where nothing is said. */
    public static final int LARGEST_CHUNK_BYTES = 512 << 10;
    private static final int MAX_CLASSES = 63;
    private static final int ALIGNMENT = 8;

    private final double growthFactor;
    private final int minimumBytes;
    /** Chunk sizes from class 1 on; the last is the largest chunk. */
    private final int[] chunkBytes;
    /** Class of a size, by units of 8 bytes rounded up. */
    private final byte[] classOfUnits;

    private SizeClasses(double growthFactor, int minimumBytes, int[] chunkBytes) {
        this.growthFactor = growthFactor;
        this.minimumBytes = minimumBytes;
        this.chunkBytes = chunkBytes;
        this.classOfUnits = new byte[chunkBytes[last()] / ALIGNMENT + 1];
        int number = 1;
        for (int units = 0; units < classOfUnits.length; units++) {
            while (chunkBytes[number] < units * ALIGNMENT) {
                number++;
            }
            classOfUnits[units] = (byte) number;
        }
    }

    private static int[] growing(double growthFactor, int minimumBytes, int largestChunkBytes) {
        var sizes = new int[MAX_CLASSES + 1];
        int count = 0;
        double size = ITEM_HEADER_BYTES + minimumBytes;
        while (count < MAX_CLASSES - 1 && (int) size < largestChunkBytes / growthFactor) {
            int aligned = aligned((int) size);
            sizes[++count] = aligned;
            size = aligned * growthFactor;
        }
        sizes[++count] = largestChunkBytes;
        return java.util.Arrays.copyOf(sizes, count + 1);
    }

    private static int aligned(int bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /**
     * As memcached's -o slab_sizes gives them, with the largest chunk as the last class; these ones
     * where there are no sizes. Sizes ascend, and none is above the largest chunk.
     */
    public SizeClasses withSizes(List<Integer> sizes) {
        if (sizes.isEmpty()) {
            return this;
        }
        int largest = chunkBytes[last()];
        if (sizes.getLast() > largest || sizes.size() >= MAX_CLASSES) {
            throw new IllegalArgumentException("sizes=" + sizes + " largest=" + largest);
        }
        var chunks =
                IntStream.concat(IntStream.of(0), sizes.stream().mapToInt(SizeClasses::aligned));
        return new SizeClasses(growthFactor, minimumBytes,
                IntStream.concat(chunks, IntStream.of(largest)).toArray());
    }

    /** As memcached without options: factor 1.25 from 48 bytes on, chunks up to 512 KiB. */
    public static SizeClasses defaults() {
        return of(1.25, 48, LARGEST_CHUNK_BYTES);
    }

    /** As memcached's -f, -n and -o slab_chunk_max give them. */
    public static SizeClasses of(double growthFactor, int minimumBytes, int largestChunkBytes) {
        if (growthFactor <= 1.0 || minimumBytes < 1 || largestChunkBytes < 1024) {
            throw new IllegalArgumentException("growthFactor=" + growthFactor + " minimumBytes="
                    + minimumBytes + " largestChunkBytes=" + largestChunkBytes);
        }
        return new SizeClasses(growthFactor, minimumBytes,
                growing(growthFactor, minimumBytes, largestChunkBytes));
    }

    public double growthFactor() {
        return growthFactor;
    }

    public int minimumBytes() {
        return minimumBytes;
    }

    /** The highest class; the lowest is 1. */
    public int last() {
        return chunkBytes.length - 1;
    }

    public int chunkBytes(int sizeClass) {
        return chunkBytes[sizeClass];
    }

    /** Class of an item that memcached would need {@code itemBytes} for. */
    int of(long itemBytes) {
        long units = itemBytes + ALIGNMENT - 1 >>> 3;
        return units < classOfUnits.length ? classOfUnits[(int) units] : last();
    }

    /**
     * Bytes memcached counts for an item: header, CAS, key and its end, flags, value and its line
     * end.
     */
    static long itemBytes(int keyBytes, long valueBytes, boolean flags, boolean cas) {
        return ITEM_HEADER_BYTES + keyBytes + 1 + (flags ? 4 : 0) + valueBytes + 2
                + (cas ? CAS_BYTES : 0);
    }
}
