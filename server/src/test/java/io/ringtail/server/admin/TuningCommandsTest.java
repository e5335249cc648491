package io.ringtail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtail.server.stats.RuntimeSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The replies are memcached 1.6.45's. */
final class TuningCommandsTest {
    private final TuningCommands commands = new TuningCommands(new RuntimeSettings(true));

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-",
            value = {"''|ERROR", "tune|ERROR", "x|ERROR", "tune 10 20 0.1 2.0|OK",
                "t 10 20 0.1 2.0|OK", "tune 10 20 0.1 2.0 7|OK", "tune 10 20 x 2.0|ERROR",
                "tune 10 -20 0.1 2.0|ERROR",
                "tune 50 40 0.1 2.0|ERROR hot and warm pcts must not exceed 80",
                "tune 10 20 0 2.0|ERROR hot/warm age factors must be greater than 0", "mode|ERROR",
                "mode flat|OK", "mode seg|OK", "mode x|ERROR", "temp_ttl|ERROR", "temp_ttl 10|OK",
                "temp_ttl -1|OK", "temp_ttl x|ERROR"})
    void answersLru(String words, String reply) {
        assertEquals(reply, commands.lru(Words.of(words), null, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"''|ERROR", "x|ERROR", "reassign|ERROR",
                "reassign 1 2|NOSPARE source class has no spare pages",
                "r 1 2|NOSPARE source class has no spare pages",
                "reassign x 2|CLIENT_ERROR bad command line format",
                "reassign 1 1|SAME src and dst class are identical",
                "reassign 1 99|BADCLASS invalid src or dst class id",
                "reassign -1 1|BADCLASS invalid src or dst class id",
                "reassign 0 1|NOSPARE source class has no spare pages", "automove|ERROR",
                "automove 0|OK", "automove 2|OK", "automove 3|ERROR", "automove 1 noreply|OK",
                "automove x|CLIENT_ERROR bad command line format", "automove ratio 0.5|OK",
                "automove ratio|ERROR", "automove ratio x|ERROR", "automove freeratio 0.1|OK",
                "automove window 5|OK", "automove window|CLIENT_ERROR bad command line format",
                "automove window 2|CLIENT_ERROR automove window too low or too high"})
    void answersSlabs(String words, String reply) {
        assertEquals(reply, commands.slabs(Words.of(words), null, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"''|ERROR", "item_size|ERROR", "item_size 5|OK", "item_size x|ERROR",
                "x 5|ERROR", "free_memchunks 1 5|OK", "free_memchunks 64 5|ERROR",
                "max_frag 0.5|OK", "max_frag x|ERROR", "drop_unread 1|OK", "recache_rate 100|OK"})
    void answersExtstore(String words, String reply) {
        assertEquals(reply, commands.extstore(Words.of(words), null, null));
    }
}
