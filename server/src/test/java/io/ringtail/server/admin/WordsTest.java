package io.ringtail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WordsTest {
    @Test
    void splitsAtSpacesAlone() {
        assertEquals(List.of("a", "b\tc"), Words.of("  a  b\tc ").words());
        assertEquals(0, Words.of("").count());
    }

    @Test
    void looksAtNoMoreWordsThanMemcached() {
        assertEquals(Words.MAX, Words.of("x ".repeat(40)).count());
    }

    @Test
    void takesBeginningsForTheWholeWord() {
        var words = Words.of("se settings settingsx");
        assertTrue(words.shortens(0, "settings"));
        assertTrue(words.shortens(1, "settings"));
        assertFalse(words.shortens(2, "settings"));
        assertFalse(words.shortens(3, "settings"));
    }

    @Test
    void readsUnsignedNumbersOf32Bits() {
        var words = Words.of("0 4294967295 4294967296 -1 +1 1x 00000000001 000000000001");
        assertEquals(0, words.unsigned(0).orElseThrow());
        assertEquals(4294967295L, words.unsigned(1).orElseThrow());
        assertEquals(1, words.unsigned(6).orElseThrow());
        for (int index : List.of(2, 3, 4, 5, 7, 8)) {
            assertTrue(words.unsigned(index).isEmpty(), "index=" + index);
        }
    }

    @Test
    void readsSignedNumbersOf32Bits() {
        var words = Words.of("-2147483648 2147483647 2147483648 -");
        assertEquals(Integer.MIN_VALUE, words.signed(0).orElseThrow());
        assertEquals(Integer.MAX_VALUE, words.signed(1).orElseThrow());
        assertTrue(words.signed(2).isEmpty());
        assertTrue(words.signed(3).isEmpty());
    }

    @Test
    void readsFractions() {
        var words = Words.of("0.5 2 .5 1e2 -1.5 x 1.5f 0.50000000000000000000000000000000");
        assertEquals(0.5, words.fraction(0));
        assertEquals(2, words.fraction(1));
        assertEquals(0.5, words.fraction(2));
        assertEquals(100, words.fraction(3));
        assertEquals(-1.5, words.fraction(4));
        for (int index : List.of(5, 6, 7, 8)) {
            assertTrue(Double.isNaN(words.fraction(index)), "index=" + index);
        }
    }

    @Test
    void knowsNoreplyAsTheLastWordOnly() {
        assertTrue(Words.of("1 noreply").endsWithNoreply());
        assertFalse(Words.of("noreply 1").endsWithNoreply());
        assertFalse(Words.of("").endsWithNoreply());
    }
}
