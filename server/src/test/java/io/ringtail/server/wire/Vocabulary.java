package io.ringtail.server.wire;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words that random commands are made of; few, so that commands meet. */
final class Vocabulary {
    private static final String[] KEYS = {"a", "a", "a", "b", "b", "foo", "foo", "bar", "n", "n",
        "x".repeat(250), "k\u00e9\u00ff", "!\"#%&/()=?", "b64=="};
    private static final String[] ODD_KEYS =
            {"x".repeat(251), "y".repeat(300), "\u0001\u0002", "tab\tkey", "", "noreply", "0"};
    private static final long[] EXPTIMES = {0, 0, 0, 0, 0, 100, 1000, 100000, 2592000, 2592001,
        2000000000L, 1500000000L, 2147483647L, -1, -2147483648L};
    private static final String[] ODD_NUMBERS = {"", "x", "-1", "1x", "+5", "4294967295",
        "4294967296", "2147483648", "99999999999999999999", "18446744073709551615",
        "18446744073709551616", "0x10", "1.5", "007", "--1", "-", "\u00e9"};
    // Stored numbers from 2^63 on are left to transcripts: memcached 1.6.18 looks for a minus sign
    // in them and reads on into what its memory held before. For the same reason no value has one.
    private static final String[] NUMBERS =
            {"0", "1", "5", "10", "99", "100", "1234567890123", "99999999999999999", "00012"};
    private static final String[] DELTAS =
            {"0", "1", "5", "10", "99", "100", "1234567890123", "00012"};
    private static final String[] NOT_NUMBERS = {"", "abc", " 5", "5 ", "12a", "1 2",
        "18446744073709551616", "111111111111111111111", "5\t", "1.0"};

    private Vocabulary() {}

    static <T> T pick(Random random, T[] all) {
        return all[random.nextInt(all.length)];
    }

    static boolean chance(Random random, int percent) {
        return random.nextInt(100) < percent;
    }

    /** All keys that commands may store. */
    static Set<String> keys() {
        return Stream.concat(Stream.of(KEYS), Stream.of(ODD_KEYS))
                .filter(key -> !key.isEmpty() && key.length() <= 250)
                .collect(Collectors.toSet());
    }

    static String key(Random random) {
        return pick(random, KEYS);
    }

    static String oddKey(Random random) {
        return pick(random, ODD_KEYS);
    }

    /** Odd, and not longer than keys may be. */
    static String oddKeyThatFits(Random random) {
        for (String key = oddKey(random);; key = oddKey(random)) {
            if (key.length() <= 250) {
                return key;
            }
        }
    }

    static long exptime(Random random) {
        return EXPTIMES[random.nextInt(EXPTIMES.length)];
    }

    static String oddNumber(Random random) {
        return pick(random, ODD_NUMBERS);
    }

    static String number(Random random) {
        return pick(random, NUMBERS);
    }

    static String delta(Random random) {
        return pick(random, DELTAS);
    }

    static String clientFlags(Random random) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> "0";
            case 2 -> Integer.toString(random.nextInt(1000));
            case 3 -> "4294967295";
            default -> Integer.toUnsignedString(random.nextInt());
        };
    }

    /** A value of up to some 20 KiB: numbers, near numbers, text, random bytes. */
    static byte[] value(Random random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> ascii(number(random));
            case 3 -> ascii(pick(random, NOT_NUMBERS));
            case 4 -> new byte[0];
            case 5 -> random(random, random.nextInt(20 << 10));
            case 6 -> random(random, random.nextInt(3000));
            default -> random(random, random.nextInt(60));
        };
    }

    /** A value that may do as a line too, where it is taken for one. */
    static byte[] smallValue(Random random) {
        return random(random, random.nextInt(20));
    }

    /** A value around memcached's limits: half a MiB is where it chains, 1 MiB is the most. */
    static byte[] largeValue(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> random(random, 100_000 + random.nextInt(100_000));
            case 1 -> random(random, (512 << 10) - 200 + random.nextInt(400));
            case 2 -> random(random, 700_000 + random.nextInt(300_000));
            case 3 -> random(random, (1 << 20) - 2000);
            case 4 -> random(random, (1 << 20) + random.nextInt(100));
            default -> random(random, (1 << 20) + random.nextInt(500_000));
        };
    }

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        boolean letters = random.nextBoolean();
        for (int i = 0; i < length; i++) {
            if (letters) {
                bytes[i] = (byte) ('a' + (bytes[i] & 15));
            } else if (bytes[i] == '-') {
                bytes[i] = '_';
            }
        }
        return bytes;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
