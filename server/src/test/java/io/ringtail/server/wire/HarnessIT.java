package io.ringtail.server.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The comparison itself: memcached agrees with memcached, and what differs is found and made small.
 */
class HarnessIT {
    private static final int SEEDS = 60;

    @Test
    void memcachedAgreesWithItself() {
        try (WireServer one = MemcachedProcess.start(MemcachedProcess.STEADY);
                WireServer other = MemcachedProcess.start(MemcachedProcess.STEADY);
                Duel duel = new Duel(one, other)) {
            for (String source : List.of("classic", "meta", "mixed", "binary")) {
                for (long seed = 1; seed <= SEEDS; seed++) {
                    assertNull(duel.run(Campaign.source(source).script(seed)));
                }
            }
        }
    }

    @Test
    void findsADifferenceAndMakesItSmall() {
        try (WireServer one = MemcachedProcess.start("-I", "2m");
                WireServer other = MemcachedProcess.start("-I", "1m");
                Duel duel = new Duel(one, other)) {
            Script script = new Script(Dialect.TEXT,
                    List.of(Command.of("set a 0 0 1\r\nx\r\n"),
                            Command.of("set b 0 0 1500000\r\n" + "x".repeat(1_500_000) + "\r\n"),
                            Command.of("get a\r\n")),
                    1);
            Duel.Difference difference = duel.run(script);
            assertNotNull(difference);
            assertEquals(List.of(script.commands().get(1)),
                    new Shrinker(duel).shrink(difference).script().commands());
        }
    }
}
