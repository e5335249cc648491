package io.ringtail.server.wire;

import static io.ringtail.server.wire.Vocabulary.ascii;
import static io.ringtail.server.wire.Vocabulary.chance;
import static io.ringtail.server.wire.Vocabulary.key;
import static io.ringtail.server.wire.Vocabulary.oddNumber;
import static io.ringtail.server.wire.Vocabulary.pick;

import java.util.Base64;
import java.util.Random;

/**
 * Meta commands with the flags that memcached 1.6.18 has; or well-formed ones with those of its
 * successors too, which answer odd lines in their own ways.
 */
final class MetaCommands implements CommandSource {
    private static final String[] ODD_LINES = {"mn", "mn x", "mg", "mg ", "ms", "ms a", "ms a x",
        "ms a -1", "ms a 2147483647", "md", "ma", "me", "me a", "me a b", "me Zm9v b", "me a x",
        "me nokey", "mx a", "m", "mg a b", "mg Zm9v b k", "mg a==b b", "mg a O", "mg a k k",
        "mg a v v", "mg a \u007f", "mg a \u00ff", "mg a a", "mg a v0",
        "mg a s t c f l h u k v q O1", "mg a 1 2 3 4",
        "mg a b c f h k l O1 q s t u v N1000 R30 T100 P L S W X Z", "mg a " + "k ".repeat(30),
        "md a M", "ma a MII", "ma a M", "ma a MX", "ma a Dx", "ma a Jx", "ma a Nx", "mg a Nx",
        "mg a Tx", "mg a Rx", "mg a N", "md a Cx", "ma a Cx", "mg a O" + "o".repeat(31),
        "mg nokey O" + "o".repeat(32), "md a O" + "o".repeat(40)};
    private static final String[] ARITHMETIC_MODES = {"I", "+", "D", "-", "i", "d"};
    private static final String[] STORE_MODES = {"E", "A", "P", "R", "S"};

    private final boolean newer;

    MetaCommands(boolean newer) {
        this.newer = newer;
    }

    @Override
    public Dialect dialect() {
        return Dialect.TEXT;
    }

    @Override
    public Command next(Random random) {
        return switch (random.nextInt(newer ? 16 : 20)) {
            case 0, 1, 2, 3, 4, 5 -> get(random);
            case 6, 7, 8, 9, 10 -> set(random, Vocabulary.value(random));
            case 11, 12 -> delete(random);
            case 13, 14, 15 -> arithmetic(random);
            case 16 -> Command.of("me " + key(random) + ClassicCommands.end(random));
            case 17 -> Command.of(pick(random, ODD_LINES) + ClassicCommands.end(random));
            case 18 -> oddSet(random);
            default -> chance(random, 15) ? set(random, Vocabulary.largeValue(random))
                    : Command.of("mn\r\n");
        };
    }

    /** A line under construction: its key may be sent in base64. */
    private static final class Line {
        private final Command.Builder builder = new Command.Builder();
        private final Random random;
        /** Percent of odd words. */
        private final int odd;
        private final String key;
        private final boolean binary;

        Line(Random random, boolean newer, String name) {
            this.odd = newer ? 0 : 3;
            this.random = random;
            this.key = key(random);
            this.binary = chance(random, 20);
            String sent = binary ? Base64.getEncoder().encodeToString(ascii(key)) : key;
            builder.text(name + " " + (sent.length() > 250 ? "Zm9v" : sent));
        }

        /** Adds flags, each with some likelihood, in an order of its own. */
        Line flags(String... choices) {
            java.util.List<String> flags = new java.util.ArrayList<>(java.util.List.of(choices));
            java.util.Collections.shuffle(flags, random);
            int percent = 10 + random.nextInt(50);
            for (String flag : flags) {
                if (chance(random, percent)) {
                    flag(flag);
                }
            }
            if (binary) {
                builder.text(" b");
            }
            if (chance(random, odd)) {
                builder.text(
                        " " + pick(random, new String[] {"k", "z", "!", "Q", "7", "P1", "Lx"}));
            }
            return this;
        }

        private void flag(String flag) {
            builder.text(" " + flag);
            switch (flag) {
                case "O" -> builder.text("o" + random.nextInt(1000));
                case "N", "T" -> builder.text(chance(random, odd) ? oddNumber(random)
                        : Long.toString(Vocabulary.exptime(random)));
                case "R" -> builder
                        .text(Long.toString(new long[] {0, 30, 500, 50000, -1}[random.nextInt(5)]));
                case "C" -> cas();
                // Above all that a server counts up to: no other item has it by chance.
                case "E" -> builder.text(Long.toString(1_000_000 + random.nextInt(1_000_000)));
                case "F" -> builder.text(Vocabulary.clientFlags(random));
                case "D", "J" -> builder
                        .text(chance(random, odd) ? oddNumber(random) : Vocabulary.delta(random));
                default -> {}
            }
        }

        private void cas() {
            if (chance(random, 85)) {
                long offset = new long[] {0, 0, 0, 1, -1, -2}[random.nextInt(6)];
                builder.cas(new Command.CasOf(ascii(key), offset, false));
            } else {
                builder.text(
                        chance(random, 10 * odd) ? oddNumber(random) : Vocabulary.number(random));
            }
        }

        Command end() {
            return builder.text(ClassicCommands.end(random)).build();
        }
    }

    private Command get(Random random) {
        Line line = new Line(random, newer, "mg");
        return (newer
                ? line.flags("c", "f", "h", "k", "l", "O", "q", "s", "t", "u", "v", "N", "R", "T",
                        "E", "C")
                : line.flags("c", "f", "h", "k", "l", "O", "q", "s", "t", "u", "v", "N", "R", "T"))
                .end();
    }

    private Command set(Random random, byte[] value) {
        Line line = new Line(random, newer, "ms");
        line.builder.text(" " + value.length);
        if (chance(random, 50)) {
            line.builder.text(" M" + pick(random, STORE_MODES));
        }
        if (newer) {
            line.flags("c", "C", "F", "I", "k", "O", "q", "T", "E", "N", "s");
        } else {
            line.flags("c", "C", "F", "I", "k", "O", "q", "T");
        }
        return line.builder.text(ClassicCommands.end(random)).bytes(value).text("\r\n").build();
    }

    private static Command oddSet(Random random) {
        byte[] value = Vocabulary.smallValue(random);
        String length = switch (random.nextInt(6)) {
            case 0 -> "x";
            case 1 -> "-1";
            case 2 -> Integer.toString(value.length + 1);
            case 3 -> Integer.toString(Math.max(0, value.length - 1));
            default -> Integer.toString(value.length);
        };
        String flags = pick(random, new String[] {"", " MX", " M", " MEE", " Fx", " Tx", " k k",
            " Cx", " S5", " v", " O" + "o".repeat(32), " q", " c k q", " z", " Tx q", " b", " N1"});
        return new Command.Builder()
                .text("ms " + (chance(random, 10) ? Vocabulary.oddKeyThatFits(random) : key(random))
                        + " " + length + flags + ClassicCommands.end(random))
                .bytes(value)
                .text("\r\n" + ClassicCommands.FILLER)
                .build();
    }

    private Command delete(Random random) {
        Line line = new Line(random, newer, "md");
        return (newer ? line.flags("C", "I", "k", "O", "q", "T", "E", "x")
                : line.flags("C", "I", "k", "O", "q", "T")).end();
    }

    private Command arithmetic(Random random) {
        Line line = new Line(random, newer, "ma");
        if (chance(random, 40)) {
            line.builder.text(" M" + pick(random, ARITHMETIC_MODES));
        }
        return (newer ? line.flags("C", "N", "J", "D", "T", "O", "t", "c", "v", "k", "E")
                : line.flags("C", "N", "J", "D", "T", "O", "q", "t", "c", "v", "k")).end().alone();
    }
}
