package io.ringtail.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.protocol.memory.Memory;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The small parts of the store, each by itself. */
final class StorePartsTest {
    private static final long MIB = 1 << 20;

    @Test
    void sizeClassesAreMemcacheds() {
        var classes = SizeClasses.defaults();
        int[] expected = {96, 120, 152, 192, 240, 304, 384, 480, 600, 752, 944, 1184, 1480, 1856,
            2320, 2904, 3632, 4544, 5680, 7104, 8880, 11104, 13880, 17352, 21696, 27120, 33904,
            42384, 52984, 66232, 82792, 103496, 129376, 161720, 202152, 252696, 315872, 394840,
            524288};
        assertEquals(expected.length, classes.last());
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], classes.chunkBytes(i + 1));
            assertEquals(i + 1, classes.of(expected[i]));
            assertEquals(Math.min(i + 2, classes.last()), classes.of(expected[i] + 1));
        }
        assertEquals(1, classes.of(1));
        assertThrows(IllegalArgumentException.class, () -> SizeClasses.of(1.0, 48, 1 << 19));
    }

    @Test
    void entryFieldsDoNotTouchEachOther() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            long hash = random.nextLong();
            long address = random.nextLong(1L << IndexEntry.ADDRESS_BITS);
            long entry = IndexEntry.of(hash, address);
            assertEquals(IndexEntry.tagOf(hash), IndexEntry.tag(entry));
            assertTrue(IndexEntry.tag(entry) > 0 && IndexEntry.tag(entry) < 256);
            assertEquals(address, IndexEntry.address(entry));
            assertEquals(0, IndexEntry.frequency(entry));
            assertFalse(IndexEntry.fetched(entry));
            long read = entry;
            for (int reads = 1; reads <= 5; reads++) {
                read = IndexEntry.read(read, IndexEntry.MAX_FREQUENCY);
                assertEquals(Math.min(reads, 3), IndexEntry.frequency(read));
            }
            long spared = IndexEntry.withSpared(read, true);
            assertTrue(IndexEntry.fetched(spared) && IndexEntry.spared(spared));
            assertEquals(IndexEntry.withFetched(entry),
                    IndexEntry.withFrequency(IndexEntry.withSpared(spared, false), 0));
            assertEquals(64, IndexEntry.address(IndexEntry.moved(spared, 64)));
            assertEquals(IndexEntry.tag(entry), IndexEntry.tag(IndexEntry.moved(spared, 64)));
        }
    }

    /** Random changes of one line and of ten plain words. */
    @Test
    void aLineHoldsTenEntries() {
        long line = Arena.global().allocate(64, 64).address();
        IndexLine.reset(line, 7);
        var entries = new long[IndexLine.PLACES];
        var random = new SplittableRandom(2);
        for (int i = 0; i < 100_000; i++) {
            int number = random.nextInt(IndexLine.PLACES);
            long place = IndexLine.place(line, number);
            assertEquals(line, IndexLine.lineOf(place));
            // Few tags, neighbours among them, so that there are equal ones.
            long hash = (long) random.nextInt(4) << 48 | (random.nextInt(8) == 0 ? 0xFFL << 48 : 0);
            long address = random.nextLong(1L << IndexEntry.ADDRESS_BITS);
            long header = IndexLine.header(line);
            if (entries[number] == 0) {
                entries[number] = IndexEntry.of(hash, address);
                IndexLine.fill(place, entries[number]);
            } else {
                switch (random.nextInt(3)) {
                    case 0 -> {
                        entries[number] = 0;
                        IndexLine.clear(place);
                    }
                    case 1 -> {
                        entries[number] = IndexEntry.moved(entries[number], address);
                        IndexLine.replace(line, place, entries[number]);
                        assertNotEquals(header, IndexLine.header(line));
                    }
                    default -> {
                        long marked = IndexEntry.read(entries[number], 3);
                        IndexLine.mark(place, entries[number], marked);
                        entries[number] = marked;
                    }
                }
            }
            IndexLine.publish(line);
            int occupied = 0;
            for (int each = 0; each < IndexLine.PLACES; each++) {
                assertEquals(entries[each], IndexLine.entry(IndexLine.place(line, each)));
                occupied |= entries[each] == 0 ? 0 : 1 << each;
            }
            assertEquals(occupied, IndexLine.occupied(line));
            assertEquals(occupied == 0x3FF, IndexLine.freePlace(line) == 0);
            for (int tag = 0; tag < 256; tag++) {
                int matching = 0;
                for (int each = 0; each < IndexLine.PLACES; each++) {
                    matching |= IndexEntry.tag(entries[each]) == tag ? 1 << each : 0;
                }
                assertEquals(matching, IndexLine.matching(line, tag));
            }
        }
    }

    @Test
    void recordsHaveRoomForEachFieldOnce() {
        for (int i = 0; i < 12; i++) {
            int fields = i & 3;
            int unit = 4 << (i >> 2);
            var layout = new RecordLayout((fields & 1) != 0, (fields & 2) != 0, unit);
            int fixed = 4 + ((fields & 1) != 0 ? 4 : 0) + ((fields & 2) != 0 ? 16 : 0);
            for (int bits = 0; bits < 128; bits++) {
                int state = bits << 8;
                int wide = (state & RecordLayout.WIDE_CAS) != 0 ? 4 : 0;
                int chain = (state & RecordLayout.CHAINED) != 0 ? 8 : 0;
                int exptime = (state & RecordLayout.EXPTIME) != 0 ? 4 : 0;
                int flags = (state & RecordLayout.FLAGS) != 0 ? 4 : 0;
                int access = fixed + wide + chain + exptime + flags;
                assertEquals(fixed - ((fields & 1) != 0 ? 4 : 0), layout.casOffset());
                assertEquals(fixed + wide, layout.chainOffset(state));
                assertEquals(fixed + wide + chain, layout.exptimeOffset(state));
                assertEquals(fixed + wide + chain + exptime, layout.flagsOffset(state));
                assertEquals(access, layout.accessOffset(state));
                assertEquals(access + 2, layout.keyOffset(state));
                int head = RecordLayout.head(250, state, 16_384);
                assertEquals(250, RecordLayout.keyBytes(head));
                assertEquals(16_384, RecordLayout.inlineBytes(head));
                assertEquals(access + 2 + 250 + 16_384 + unit - 1 & -unit,
                        layout.recordBytes(head));
            }
        }
        for (int bytes = 4; bytes <= 1 << 18; bytes += 4) {
            for (boolean listed : new boolean[] {true, false}) {
                int dead = RecordLayout.deadHead(bytes, listed);
                assertTrue(RecordLayout.isDead(dead));
                assertEquals(listed, RecordLayout.isListed(dead));
                assertEquals(bytes, RecordLayout.deadBytes(dead));
            }
        }
    }

    @Test
    void accessTimesAreExactWhereItMatters() {
        for (int opened : new int[] {1, 100_000, Integer.MAX_VALUE / 2}) {
            for (int distance = -40_000_000; distance < 40_000_000;
                    distance += 1 + Math.abs(distance) / 1_000) {
                int time = opened + distance;
                int read = AccessTime.seconds(AccessTime.of(time, opened), opened);
                int near = Math.abs(distance);
                int unit = near < 8_192 ? 1 : near < 131_072 ? 16 : near < 2_097_152 ? 256 : 4_096;
                int error = Math.min(near, (1 << 25) - 1) - Math.abs(read - opened);
                assertTrue(error >= 0 && error < unit, "distance=" + distance + " read=" + read);
                assertEquals(AccessTime.of(time, opened), AccessTime.of(read, opened) | 0,
                        "distance=" + distance);
            }
        }
    }

    @Test
    void casUniquesAreNarrowWhereTheyFit() {
        for (int shards : new int[] {1, 4, 256}) {
            var uniques = new CasUniques(shards, shards - 1);
            int shift = Integer.numberOfTrailingZeros(shards);
            long base = uniques.current();
            long steps = Integer.MAX_VALUE;
            long last = base + (steps << shift);
            assertTrue(uniques.fits(last, base));
            assertFalse(uniques.fits(last + shards, base));
            assertFalse(shards > 1 && uniques.fits(last - 1, base));
            assertEquals(last, CasUniques.wide(uniques.narrow(last, base), base, shift));
            long older = base - (1L << 31 << shift);
            assertTrue(uniques.fits(older, base));
            assertEquals(older, CasUniques.wide(uniques.narrow(older, base), base, shift));
            assertFalse(uniques.fits(older - shards, base));
            assertTrue(uniques.isNear(base));
            uniques.skip(1L << 30);
            assertFalse(uniques.isNear(base));
            long next = uniques.next();
            assertEquals(shards - 1, next % shards);
            assertEquals(next, uniques.current());
        }
    }

    @Test
    void timesToLiveOfAClassAreWithinAFactorOfFour() {
        var classes = new ExpiryClasses(1_000);
        assertEquals(ExpiryClasses.NEVER, classes.of(0, 100));
        int before = 0;
        for (int ttl = 1; ttl < 1 << 22; ttl++) {
            int ttlClass = classes.of(100 + ttl, 100);
            assertTrue(ttlClass >= Math.max(1, before) && ttlClass < classes.count());
            before = ttlClass;
        }
        assertEquals(classes.of(17, 0), classes.of(64, 0));
        assertNotEquals(classes.of(16, 0), classes.of(17, 0));
        assertNotEquals(classes.of(64, 0), classes.of(65, 0));
        for (long segments : new long[] {10, 100}) {
            var few = new ExpiryClasses(segments);
            assertTrue(few.count() <= 3);
            assertTrue(few.of(5, 1) > 0 && few.of(Integer.MAX_VALUE, 1) < few.count());
        }
    }

    @Test
    void hashesSpreadAndDoNotDependOnThePlace() {
        var hash = new KeyHash(42);
        long memory = Arena.global().allocate(600, 8).address();
        var seen = new HashSet<Long>();
        var lines = new int[256];
        var shards = new int[256];
        for (int i = 0; i < 100_000; i++) {
            var text = ("key:" + i).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            Memory.copyFrom(text, 0, memory + (i & 7), text.length);
            long value = hash.of(memory + (i & 7), text.length);
            assertTrue(seen.add(value));
            lines[(int) value & 0xFF]++;
            shards[(int) (value >>> 56)]++;
        }
        for (int i = 0; i < 256; i++) {
            assertTrue(Math.abs(lines[i] - 390) < 130 && Math.abs(shards[i] - 390) < 130,
                    "bucket=" + i);
        }
        for (int length = 1; length <= 250; length++) {
            Memory.fill(memory, 300, (byte) 'x');
            long all = hash.of(memory, length);
            for (int at = 0; at < length; at++) {
                Memory.putByte(memory + at, (byte) 'y');
                assertNotEquals(all, hash.of(memory, length), "length=" + length + " at=" + at);
                Memory.putByte(memory + at, (byte) 'x');
            }
            assertEquals(all, hash.of(memory, length));
        }
        assertNotEquals(hash.of(memory, 10), new KeyHash(43).of(memory, 10));
    }

    /** Random holes against a sorted map of what is free. */
    @Test
    void holesAreNeitherLostNorGivenTwice() {
        int bytes = 1 << 18;
        long base = Arena.global().allocate(bytes + 8, 8).address();
        var holes = new Holes(base, 2);
        var free = new TreeMap<Long, Integer>();
        var used = new ArrayList<long[]>();
        holes.add(1, 8, bytes - 8);
        free.put(8L, bytes - 8);
        var random = new SplittableRandom(5);
        for (int i = 0; i < 50_000; i++) {
            if (random.nextBoolean() || used.isEmpty()) {
                int length = 8 + 4 * random.nextInt(random.nextInt(10) == 0 ? 4_000 : 120);
                long offset = holes.take(1, length);
                if (offset != 0) {
                    var entry = free.floorEntry(offset);
                    assertEquals(offset, entry.getKey());
                    assertTrue(entry.getValue() >= length);
                    free.remove(offset);
                    int rest = entry.getValue() - length;
                    if (rest > 0) {
                        free.put(offset + length, rest);
                    }
                    used.add(new long[] {offset, length});
                }
            } else {
                var back = used.remove(random.nextInt(used.size()));
                holes.add(1, back[0], (int) back[1]);
                free.put(back[0], (int) back[1]);
            }
            assertEquals(0, holes.take(0, 24));
        }
        long listed = free.values()
                .stream()
                .filter(length -> length >= Holes.MIN_BYTES)
                .mapToLong(Integer::longValue)
                .sum();
        assertEquals(listed, holes.bytes());
        holes.clear();
        assertEquals(0, holes.take(1, 24));
    }

    @Test
    void relationsOfLimitsHold() {
        for (long limit = MIB; limit <= 1L << 40; limit *= 3) {
            for (int writers : new int[] {1, 2, 4, 64}) {
                var config = StoreConfig.defaults().withLimit(limit).withConcurrency(writers);
                for (int halvings : new int[] {0, 4, 8}) {
                    var geometry = StoreGeometry.of(config, halvings);
                    assertEquals(1, Integer.bitCount(geometry.shards()));
                    assertTrue(geometry.segmentBytes() >= 16 << 10
                            && geometry.segmentBytes() <= 256 << 10);
                    assertTrue((long) geometry.maxSegments() * geometry.segmentBytes() >= limit);
                    assertTrue(geometry.segmentTable()
                            - (long) geometry.maxSegments() * geometry.segmentBytes() >= 1 << 17,
                            "no guard behind the segments");
                    long last = (long) geometry.maxSegments() * geometry.segmentBytes() - 1;
                    assertTrue(last >>> geometry.unitShift() < 1L << IndexEntry.ADDRESS_BITS);
                    assertEquals(limit <= 255L << 30 ? 2 : geometry.unitShift(),
                            geometry.unitShift());
                    // The longest record there can be lies in a quarter of a segment.
                    assertTrue(48 + RecordLayout.MAX_KEY_BYTES + geometry.blockBytes()
                            < geometry.segmentBytes() / 4);
                    assertTrue(geometry.blockBytes() <= 0xFFFF, "inline lengths have 16 bits");
                    // Spare and open segments of all shards are a small part.
                    assertTrue(limit / geometry.segmentBytes() / geometry.shards() >= 60);
                }
            }
        }
        assertThrows(IllegalArgumentException.class,
                () -> StoreConfig.defaults().withLimit(MIB - 1));
        assertEquals(MIB / 2, StoreConfig.defaults().withLimit(MIB).maxItemBytes());
    }

    @Test
    void lockExcludes() throws Exception {
        var lock = new ShardLock();
        var counter = new int[1];
        try (var threads = Executors.newFixedThreadPool(4)) {
            var results = new ArrayList<Future<?>>();
            for (int thread = 0; thread < 4; thread++) {
                results.add(threads.submit(() -> {
                    for (int i = 0; i < 100_000; i++) {
                        lock.lock();
                        counter[0]++;
                        lock.unlock();
                    }
                }));
            }
            for (var result : results) {
                result.get();
            }
        }
        assertEquals(400_000, counter[0]);
        lock.lock();
        assertThrows(IllegalStateException.class, lock::lock);
        lock.unlock();
    }
}
