package io.ringtail.loadgen.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RatioTest {
    @Test
    void isTheMedianOfPairsAndNotThePairOfMedians() {
        var ratio = Ratio.of(List.of(1.0, 2.0, 4.0), List.of(2.0, 2.0, 2.0), 1);
        assertEquals(1, ratio.median());
        assertEquals(0.5, ratio.low());
        assertEquals(2, ratio.high());
        assertEquals(2, ratio.a());
        assertEquals(2, ratio.b());
    }

    @Test
    void intervalIsNarrowWhereRoundsAgree() {
        var a = Collections.nCopies(20, 10.0);
        var b = IntStream.range(0, 20).mapToObj(i -> 5 + i % 2 * 0.1).toList();
        var ratio = Ratio.of(a, b, 7);
        assertTrue(ratio.low() >= 0.5 && ratio.high() <= 0.51, ratio.toString());
    }
}
