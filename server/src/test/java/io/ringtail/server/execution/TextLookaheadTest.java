package io.ringtail.server.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.server.store.Store;
import io.ringtail.server.store.StoreConfig;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextLookaheadTest {
    /** What was taken, and how many bytes of commands that was. */
    private record Ahead(List<String> keys, int bytes) {}

    private static Ahead ahead(String commands) {
        try (var store = Store.open(StoreConfig.defaults()); var arena = Arena.ofConfined()) {
            var keys = new KeyGroup(store, store.view());
            var chars = commands.getBytes(StandardCharsets.ISO_8859_1);
            long address = arena.allocate(Math.max(1, chars.length)).address();
            Memory.copyFrom(chars, 0, address, chars.length);
            long end = new TextLookahead(keys).fetch(address, chars.length);
            var taken = new ArrayList<String>();
            for (int i = 0; i < keys.count(); i++) {
                assertEquals(store.hash(keys.address(i), keys.bytes(i)), keys.hash(i));
                taken.add(new String(Memory.bytes(keys.address(i), keys.bytes(i)),
                        StandardCharsets.ISO_8859_1));
            }
            return new Ahead(taken, (int) (end - address));
        }
    }

    /** {@code |} stands for the end of a line; {@code rest} is what it stopped at. */
    @ParameterizedTest
    @CsvSource({"get a|get key:2|, '', a key:2", "gets a|get b c|, '', a b",
        "mg a v t|mg b|mn|, mn|, a b", "set a 0 0 5|get b|get c|, '', a c",
        "ms a 6 T30|mg b v|get c|, '', a c", "get a|delete b|get c|, delete b|get c|, a",
        "get a|get bbbb, get bbbb, a", "get a|set b 0 0 100|xyz, '', a b",
        "ms a S1|get b|, ms a S1|get b|, a", "set a|get b|, set a|get b|, a", "get a|s, s, a",
        "get a|bogus|get b|, bogus|get b|, a"})
    void readsWhatClientsPipeline(String commands, String rest, String keys) {
        var text = commands.replace("|", "\r\n");
        var ahead = ahead(text);
        assertEquals(keys, String.join(" ", ahead.keys));
        assertEquals(text.length() - rest.replace("|", "\r\n").length(), ahead.bytes);
    }

    @Test
    void leavesKeysThatAreTooLong() {
        assertEquals(new Ahead(List.of("a"), 7),
                ahead("get a\r\nget " + "k".repeat(251) + "\r\nget b\r\n"));
    }

    @Test
    void takesAGroupAtATime() {
        var ahead = ahead("get k\r\n".repeat(100));
        assertEquals(KeyGroup.MAX_KEYS, ahead.keys.size());
        assertEquals(KeyGroup.MAX_KEYS * 7, ahead.bytes);
    }
}
