package io.ringtail.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.config.Setting;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code --time-turns}: the fields it adds to {@code stats}, and that nothing is timed without. */
@Timeout(60)
class TurnTimesIT {
    private static final String LONGEST = "ringtail_turn_longest_us";

    @ParameterizedTest
    @EnumSource(NodeConfig.Transport.class)
    void areCountedOnEveryTransport(NodeConfig.Transport transport) throws IOException {
        var name = transport.name().toLowerCase(Locale.ROOT);
        try (var node = LiveNode.start(Map.of(Setting.TIME_TURNS, "yes", Setting.TRANSPORT, name));
                var client = node.connect()) {
            assertEquals("STORED", client.ask("set a 0 0 500000\r\n" + "v".repeat(500_000)));
            assertEquals("HD", client.ask("mg a"));
            var turns = turns(client);
            assertTrue(turns.get("ringtail_turns") >= 2, turns::toString);
            assertTrue(turns.get(LONGEST) > 0, turns::toString);
            assertTrue(turns.get("ringtail_turn_longest_tasks_us") <= turns.get(LONGEST),
                    turns::toString);
            assertTrue(turns.get("ringtail_turns_over_2ms") <= turns.get("ringtail_turns_over_1ms"),
                    turns::toString);
        }
    }

    @Test
    void startAgainAfterAReset() throws IOException {
        var settings = Map.of(Setting.TIME_TURNS, "yes", Setting.THREADS, "1");
        try (var node = LiveNode.start(settings); var client = node.connect()) {
            for (int i = 0; i < 1000; i++) {
                assertEquals("MN", client.ask("mn"));
            }
            assertTrue(turns(client).get("ringtail_turns") >= 1000);
            assertEquals("RESET", client.ask("stats reset"));
            assertTrue(turns(client).get("ringtail_turns") < 1000);
        }
    }

    @Test
    void areNotThereUnlessAskedFor() throws IOException {
        try (var node = LiveNode.start(Map.of()); var client = node.connect()) {
            assertEquals(Map.of(), turns(client));
        }
    }

    private static Map<String, Long> turns(TextConnection client) throws IOException {
        var turns = new TreeMap<String, Long>();
        for (var line : client.list("stats")) {
            var words = List.of(line.split(" "));
            if (words.get(1).startsWith("ringtail_turn")) {
                turns.put(words.get(1), Long.valueOf(words.get(2)));
            }
        }
        return turns;
    }
}
