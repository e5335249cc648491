package io.ringtail.loadgen.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.loadgen.workload.Popularity.Change;
import io.ringtail.loadgen.workload.Popularity.Scan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether workloads are distributed as their shapes say; seeds are fixed, so nothing is chance. */
final class WorkloadsTest {
    private static final int STEPS = 200_000;

    static Stream<WorkloadShape> shapes() {
        return Workloads.all().stream();
    }

    private static WorkloadShape shape(Popularity popularity) {
        return new WorkloadShape("test", "none", popularity, new Mix(0, 0), new Sizes(20, 100, 0.5),
                Lifetime.FOR_EVER);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.6372, 0.9929, 1.0, 1.2117, 2.5})
    void zipfRanksComeAsOftenAsTheirPowers(double exponent) {
        int ranks = 1_000;
        var zipf = new Zipf(ranks, exponent);
        var random = new SplittableRandom(1);
        int[] drawn = new int[ranks + 1];
        for (int i = 0; i < STEPS; i++) {
            drawn[(int) zipf.next(random)]++;
        }
        double sum = 0;
        for (int rank = 1; rank <= ranks; rank++) {
            sum += Math.pow(rank, -exponent);
        }
        for (int rank : new int[] {1, 2, 3, 10, 100, 1_000}) {
            double expected = STEPS * Math.pow(rank, -exponent) / sum;
            assertEquals(expected, drawn[rank], 5 * Math.sqrt(expected) + 1, "rank " + rank);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void sameSeedGivesSameSteps(WorkloadShape shape) {
        assertEquals(fingerprint(shape.start(1)), fingerprint(shape.start(1)));
        assertNotEquals(fingerprint(shape.start(1)), fingerprint(shape.start(2)));
    }

    private static long fingerprint(Workload workload) {
        var step = new Step();
        long fingerprint = 0;
        for (int i = 0; i < 1_000; i++) {
            assertTrue(workload.next(step));
            fingerprint = Mixing.mix(fingerprint ^ step.key() ^ (long) step.valueBytes() << 32
                    ^ step.ttlSeconds() ^ step.operation().ordinal());
        }
        return fingerprint;
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void sizesOperationsAndLifetimesAreThoseOfTheShape(WorkloadShape shape) {
        var step = new Step();
        var workload = shape.start(3);
        var values = new HashMap<Long, Integer>();
        long[] operations = new long[Operation.values().length];
        for (int i = 0; i < STEPS; i++) {
            workload.next(step);
            operations[step.operation().ordinal()]++;
            assertEquals(shape.sizes().keyBytes(), step.keyBytes());
            assertEquals(step.keyBytes(),
                    KeyText.write(step.key(), step.keyBytes(), new byte[step.keyBytes()], 0));
            assertTrue(
                    shape.lifetimes().stream().anyMatch(it -> it.seconds() == step.ttlSeconds()));
            var before = values.put(step.key(), step.valueBytes());
            assertTrue(before == null || before == step.valueBytes(), "a key's value has one size");
        }
        double mean = values.values().stream().mapToInt(it -> it).average().orElseThrow();
        assertEquals(shape.sizes().meanBytes(), mean, shape.sizes().meanBytes() * 0.08);
        if (shape.popularity().scan() == Scan.NONE) {
            assertEquals(shape.mix().writes(),
                    (double) operations[Operation.WRITE.ordinal()] / STEPS, 0.005);
            assertEquals(shape.mix().deletes(),
                    (double) operations[Operation.DELETE.ordinal()] / STEPS, 0.005);
        }
    }

    @Test
    void keysAskedForOnceAreAskedForOnce() {
        var counts = count(shape(new Popularity(100, 1, Change.NONE, 0.2, Scan.NONE)));
        long once = counts.values().stream().filter(it -> it == 1).count();
        assertEquals(0.2, (double) once / STEPS, 0.01);
    }

    private static Map<Long, Integer> count(WorkloadShape shape) {
        var step = new Step();
        var workload = shape.start(5);
        var counts = new HashMap<Long, Integer>();
        for (int i = 0; i < STEPS; i++) {
            workload.next(step);
            counts.merge(step.key(), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void scansWalkThroughTheSameKeysInOrder() {
        var workload = shape(new Popularity(100, 1, Change.NONE, 0, new Scan(1_000, 300))).start(1);
        var step = new Step();
        long[] first = new long[300];
        for (int i = 0; i < 3_000; i++) {
            workload.next(step);
            int inWalk = i % 1_000;
            if (i < 300) {
                first[i] = step.key();
            } else if (inWalk < 300) {
                assertEquals(first[inWalk], step.key());
            }
        }
        assertEquals(first[0] + 299, first[299]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WAVE", "RENEWAL"})
    void ranksChangeHandsInTheStepsThatAreGiven(String kind) {
        var change = new Change(Change.Kind.valueOf(kind), STEPS / 4);
        var workload = shape(new Popularity(1_000, 0.9, change, 0, Scan.NONE)).start(1);
        var before = keys(workload, STEPS / 20);
        var soon = keys(workload, STEPS / 20);
        keys(workload, STEPS / 2);
        var late = keys(workload, STEPS / 20);
        soon.retainAll(before);
        late.retainAll(before);
        assertTrue(soon.size() > before.size() / 2, soon.size() + " of " + before.size());
        assertEquals(0, late.size());
    }

    private static HashSet<Long> keys(Workload workload, int steps) {
        var step = new Step();
        var keys = new HashSet<Long>();
        for (int i = 0; i < steps; i++) {
            workload.next(step);
            keys.add(step.key());
        }
        return keys;
    }

    @Test
    void namesAreUnique() {
        assertEquals(10, shapes().map(WorkloadShape::name).distinct().count());
        shapes().forEach(shape -> assertEquals(shape, Workloads.named(shape.name()).orElseThrow()));
        assertTrue(Workloads.named("nothing").isEmpty());
    }
}
