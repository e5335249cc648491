package io.ringtail.protocol.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.request.Operation;
import io.ringtail.protocol.request.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Reads random lines both ways: as they are, and with a space in front, which {@link UsualLine}
 * leaves to the long way. Both must say the same.
 */
final class UsualLineModelTest {
    private static final long SEED = 20250722;
    private static final String[] COMMANDS =
            {"get", "gets", "set", "delete", "mg", "ms", "md", "ma", "incr", "cas", "me"};
    private static final String[] WORDS = {"key", "k", "a_longer_key_of_some_bytes", "caf\u00e9",
        "0", "1", "12345", "999999999", "1234567890", "123456789012345678901", "-1", "+1",
        "noreply", "v", "q", "b", "c", "f", "h", "k", "l", "s", "t", "u", "x", "I", "T0", "T12",
        "T-1", "N30", "R5", "C7", "E9", "F1", "F99999999999", "D5", "J7", "MS", "MA", "MI", "M-",
        "M", "Mxy", "O", "Oopaque", "O234567890123456789012345678901",
        "O2345678901234567890123456789012", "P", "Lpath", "Z", "1", "a\tb", "T1\t", ""};
    private static final String[] ENDS = {"\r\n", "\r\n", "\r\n", "\r\n", "\n", " \r\n", "\r\r\n"};

    @Test
    void bothWaysReadTheSame() {
        var random = new Random(SEED);
        for (int i = 0; i < 200_000; i++) {
            var line = line(random);
            var usual = describe(new ParsedText(line + "trailing bytes"), 0);
            var longWay = describe(new ParsedText(" " + line + "trailing bytes"), 1);
            assertEquals(longWay, usual, () -> "seed=" + SEED + " line=" + line);
        }
    }

    private static String line(Random random) {
        var line = new StringBuilder(COMMANDS[random.nextInt(COMMANDS.length)]);
        int words = random.nextInt(random.nextInt(10) == 0 ? 25 : 7);
        for (int i = 0; i < words; i++) {
            line.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        }
        return line.append(ENDS[random.nextInt(ENDS.length)]).toString();
    }

    /** What a reader of the request relies on, for its operation. */
    private static List<Object> describe(ParsedText parsed, int shift) {
        var request = parsed.request;
        var facts = new ArrayList<Object>(
                List.of(parsed.used - shift, request.operation, request.quiet, request.skipBytes));
        if (request.operation == Operation.MALFORMED) {
            facts.add(request.error);
            return facts;
        }
        if (request.operation == Operation.GET) {
            facts.add(request.wantsCas);
            facts.add(request.continued);
            facts.add(keys(parsed.arguments()));
            return facts;
        }
        facts.add(Memory.latin1(request.keyAddress, request.keyBytes));
        facts.add(numbers(request));
        facts.add(request.metaFlags);
        if (request.operation.name().startsWith("META")) {
            facts.add(keys(parsed.flags()));
        }
        return facts;
    }

    private static List<String> keys(String words) {
        return List.of(words.strip().split(" +"));
    }

    private static List<Object> numbers(Request request) {
        var numbers = new ArrayList<Object>();
        if (request.operation.hasValue()) {
            numbers.addAll(List.of(request.valueBytes, request.clientFlags, request.exptime));
        }
        numbers.addAll(List.of(request.hasCas, request.binaryKey));
        if (request.hasCas) {
            numbers.add(request.cas);
        }
        if (request.operation == Operation.META_ARITHMETIC) {
            numbers.addAll(List.of(request.delta, request.initial, request.metaMode));
        }
        if (request.operation.name().startsWith("META")) {
            numbers.addAll(List.of(request.exptime, request.vivifies,
                    request.vivifies ? request.vivifyExptime : 0));
        }
        return numbers;
    }
}
