package io.ringtail.cluster.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.protocol.memory.Memory;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RingTest {
    private static final int KEYS = 100_000;
    private static final String OWNERS = "11120111102001122001022102112212";
    private static final long EPOCH = 5065105232468068729L;

    private static byte[] key(int number) {
        return ("user:" + number).getBytes(StandardCharsets.US_ASCII);
    }

    private static Ring ring(int members) {
        return Ring.of(IntStream.range(0, members)
                .mapToObj(i -> new Member("10.0.0." + (i + 1) + ":11211"))
                .toList(), RingConfig.defaults());
    }

    @Test
    void keysSpreadEvenly() {
        for (int members : new int[] {2, 3, 5, 10}) {
            var ring = ring(members);
            var owned = new int[members];
            for (int i = 0; i < KEYS; i++) {
                owned[ring.ownerOf(key(i))]++;
            }
            for (int member = 0; member < members; member++) {
                double fair = (double) KEYS / members;
                assertTrue(owned[member] > 0.75 * fair && owned[member] < 1.25 * fair,
                        "members=" + members + " member=" + member + " keys=" + owned[member]);
                assertEquals(ring.share(member), (double) owned[member] / KEYS, 0.01);
            }
        }
    }

    @Test
    void sharesAddUpToOne() {
        var ring = ring(7);
        assertEquals(1, IntStream.range(0, 7).mapToDouble(ring::share).sum(), 1e-9);
        assertEquals(1, ring(1).share(0), 1e-9);
    }

    @Test
    void weightsShiftKeys() {
        var ring =
                Ring.of(List.of(new Member("a:1", 1), new Member("b:1", 3)), RingConfig.defaults());
        assertEquals(0.75, ring.share(ring.indexOf("b:1")), 0.06);
    }

    @Test
    void newMemberTakesItsShareAndMovesNothingElse() {
        var before = ring(4);
        var after = ring(5);
        int moved = 0;
        for (int i = 0; i < KEYS; i++) {
            var old = before.members().get(before.ownerOf(key(i)));
            var now = after.members().get(after.ownerOf(key(i)));
            if (!old.equals(now)) {
                moved++;
                assertEquals("10.0.0.5:11211", now.name());
            }
        }
        assertEquals(KEYS / 5.0, moved, KEYS * 0.05);
    }

    @Test
    void orderOfTheListDoesNotMatter() {
        var one = Ring.of(List.of(new Member("a:1"), new Member("b:1")), RingConfig.defaults());
        var two = Ring.of(List.of(new Member("b:1"), new Member("a:1")), RingConfig.defaults());
        assertEquals(one.epoch(), two.epoch());
        for (int i = 0; i < 1000; i++) {
            assertEquals(one.ownerOf(key(i)), two.ownerOf(key(i)));
        }
    }

    @Test
    void epochTellsRingsApart() {
        var config = RingConfig.defaults();
        long epoch = Ring.of(List.of(new Member("a:1"), new Member("b:1")), config).epoch();
        assertNotEquals(epoch,
                Ring.of(List.of(new Member("a:1"), new Member("c:1")), config).epoch());
        assertNotEquals(epoch,
                Ring.of(List.of(new Member("a:1"), new Member("b:1", 2)), config).epoch());
        assertNotEquals(
                epoch, Ring
                        .of(List.of(new Member("a:1"), new Member("b:1")),
                                new RingConfig(RingConfig.PLAIN, 100))
                        .epoch());
    }

    /** Changing what a key hashes to would make new and old nodes disagree without a word. */
    @Test
    void ownersAreTheSameInEveryVersion() {
        var ring = ring(3);
        var owners = new StringBuilder();
        for (int i = 0; i < 32; i++) {
            owners.append(ring.ownerOf(key(i)));
        }
        assertEquals(OWNERS, owners.toString());
        assertEquals(EPOCH, ring.epoch());
    }

    @Test
    void nativeAndHeapKeysHashAlike() {
        try (var arena = Arena.ofConfined()) {
            long address = arena.allocate(256).address();
            for (int bytes = 0; bytes <= 250; bytes++) {
                var key = new byte[bytes];
                for (int i = 0; i < bytes; i++) {
                    key[i] = (byte) (i * 31 + bytes);
                }
                Memory.copyFrom(key, 0, address, bytes);
                assertEquals(KeyHash.of(key), KeyHash.of(address, bytes), "bytes=" + bytes);
            }
        }
    }

    @Test
    void refusesMembersThatAreListedTwice() {
        assertThrows(IllegalArgumentException.class, () -> Ring
                .of(List.of(new Member("a:1"), new Member("a:1")), RingConfig.defaults()));
    }
}
