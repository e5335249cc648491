package io.ringtail.loadgen.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class KeyTextTest {
    @Test
    void writesDigitsAndFillsUp() {
        assertEquals("0...", text(0, 4));
        assertEquals("v...", text(31, 4));
        assertEquals("01..", text(32, 4));
    }

    @Test
    void takesEveryNumber() {
        assertEquals("vvvvvvvvvvvvf", text(-1, KeyText.MIN_BYTES));
    }

    @Test
    void refusesNumbersThatDoNotFit() {
        assertThrows(IllegalArgumentException.class, () -> text(1 << 20, 4));
    }

    private static String text(long key, int bytes) {
        byte[] target = new byte[bytes + 2];
        assertEquals(bytes + 1, KeyText.write(key, bytes, target, 1));
        return new String(target, 1, bytes, StandardCharsets.US_ASCII);
    }
}
