package io.ringtail.server.wire;

import static io.ringtail.server.wire.Vocabulary.ascii;
import static io.ringtail.server.wire.Vocabulary.chance;
import static io.ringtail.server.wire.Vocabulary.exptime;
import static io.ringtail.server.wire.Vocabulary.key;
import static io.ringtail.server.wire.Vocabulary.oddNumber;
import static io.ringtail.server.wire.Vocabulary.pick;

import java.util.Random;
import java.util.regex.Pattern;

/** Classic text commands. */
final class ClassicCommands implements CommandSource {
    private static final String[] STORE =
            {"set", "set", "set", "add", "replace", "append", "prepend", "cas"};
    private static final String[] ODD_LINES = {"", " ", "get", "get ", "gets", "set", "set a",
        "set a 0 0", "set a 0 0 1 noreply x", "cas a 0 0 1", "delete", "delete a 0",
        "delete a 0 noreply", "delete a 1", "delete a noreply", "delete a 0 x",
        "delete a noreply noreply", "delete a b c d", "incr", "incr a", "incr a 1 2 3", "decr a x",
        "decr a -1", "incr a 1 noreply", "touch", "touch a", "touch a x", "touch a 0 noreply",
        "touch a 0 0 0", "gat", "gat 0", "gat x a", "gats a", "GET a", "Set a 0 0 0", "ge a",
        "gett a", "verbosity 0", "verbosity x", "verbosity 1 noreply", "verbosity 0 1", "flush_all",
        "flush_all 0", "flush_all noreply", "flush_all 0 noreply", "flush_all x", "flush_all -1",
        "flush_all 0 0", "version", "version x", "x", "xx", "stats foo", "stats sizes",
        "stats detail", "stats detail x", "stats cachedump", "stats cachedump x 1",
        "stats cachedump 1000 1", "slabs", "slabs reassign", "slabs reassign 1",
        "slabs reassign x 1", "slabs reassign 1 1", "slabs reassign 500 501", "slabs automove",
        "slabs automove 1", "slabs automove x", "slabs automove 9", "slabs automove ratio 0.8",
        "slabs automove ratio", "slabs automove ratio x", "cache_memlimit", "cache_memlimit x",
        "cache_memlimit 1", "cache_memlimit 7 noreply", "cache_memlimit 2000000000", "extstore",
        "extstore foo 1", "misbehave", "bogus a 0 0 0", "quitx", "incrx a 1", "getx", "s", "a",
        "refresh_certs"};

    /** An error up to memcached 1.6.18; later ones look at the words that they know. */
    private static final Pattern TOO_MANY_WORDS =
            Pattern.compile("(verbosity|flush_all|cache_memlimit)( +\\S+){3,}");

    /** What may be eaten as the rest of a value, so that the next command stays whole. */
    static final String FILLER = "mn mn mn mn\r\n";

    @Override
    public Dialect dialect() {
        return Dialect.TEXT;
    }

    @Override
    public Command next(Random random) {
        return switch (random.nextInt(22)) {
            case 0, 1, 2, 3, 4, 5 -> store(random);
            case 6, 7, 8, 9 -> get(random);
            case 10, 11 ->
                    line(random, random.nextBoolean() ? "incr" : "decr", Vocabulary.delta(random))
                            .alone();
            case 12 -> line(random, "touch", Long.toString(exptime(random)));
            case 13, 14 -> line(random, "delete");
            case 15 -> getAndTouch(random);
            case 16 -> oddArguments(random);
            case 17, 18 -> Command.of(pick(random, ODD_LINES) + end(random));
            case 19 -> mutated(random);
            case 20 -> chance(random, 30) ? large(random) : store(random);
            default -> chance(random, 10) ? Command.of("flush_all\r\n") : badChunk(random);
        };
    }

    static String end(Random random) {
        return chance(random, 10) ? "\n" : "\r\n";
    }

    private static String noreply(Random random) {
        return chance(random, 10) ? " noreply" : "";
    }

    private static Command line(Random random, String name, String... arguments) {
        String words = name + " " + key(random);
        for (String argument : arguments) {
            words += " " + argument;
        }
        return Command.of(words + noreply(random) + end(random));
    }

    private static Command store(Random random) {
        return store(random, Vocabulary.value(random));
    }

    private static Command large(Random random) {
        return store(random, Vocabulary.largeValue(random));
    }

    private static Command store(Random random, byte[] value) {
        String name = pick(random, STORE);
        String key = key(random);
        Command.Builder command = new Command.Builder().text(name + " " + key + " "
                + Vocabulary.clientFlags(random) + " " + exptime(random) + " " + value.length);
        if (name.equals("cas")) {
            command.text(" ");
            if (chance(random, 80)) {
                command.cas(new Command.CasOf(ascii(key), chance(random, 60) ? 0 : 1, false));
            } else {
                command.text(Vocabulary.number(random));
            }
        }
        return command.text(noreply(random) + end(random)).bytes(value).text("\r\n").build();
    }

    private static Command get(Random random) {
        StringBuilder line = new StringBuilder(random.nextBoolean() ? "get" : "gets");
        int keys = chance(random, 3) ? 20 + random.nextInt(100) : 1 + random.nextInt(5);
        for (; keys > 0; keys--) {
            line.append(chance(random, 5) ? "  " : " ").append(key(random));
        }
        return Command.of(line + (chance(random, 5) ? " " : "") + end(random));
    }

    private static Command getAndTouch(Random random) {
        StringBuilder line = new StringBuilder(random.nextBoolean() ? "gat " : "gats ");
        line.append(exptime(random));
        for (int keys = 1 + random.nextInt(3); keys > 0; keys--) {
            line.append(' ').append(key(random));
        }
        return Command.of(line + end(random));
    }

    /**
     * The key or the length is not what it should be; the value is short, since it may be taken for
     * a line. Where the length is right and something else is wrong, memcached up to 1.6.39 reads
     * the value as commands: that is left to transcripts.
     */
    private static Command oddArguments(Random random) {
        byte[] value = Vocabulary.smallValue(random);
        String name = pick(random, STORE);
        String[] words = {name, key(random), Vocabulary.clientFlags(random),
            Long.toString(exptime(random)), Integer.toString(value.length), "1"};
        if (random.nextBoolean()) {
            words[1] = Vocabulary.oddKeyThatFits(random);
        } else {
            words[4] = smallOddNumber(random);
        }
        int count = name.equals("cas") ? 6 : 5;
        String line = String.join(" ", java.util.List.of(words).subList(0, count));
        return new Command.Builder().text(line + noreply(random) + end(random))
                .bytes(value)
                .text("\r\n" + FILLER)
                .build();
    }

    /** Not a number that makes the server wait for a value of that many bytes. */
    private static String smallOddNumber(Random random) {
        String number = oddNumber(random);
        return number.matches("\\+?\\d+") && number.length() > 2 && number.length() <= 10 ? "z"
                : number;
    }

    private static Command mutated(Random random) {
        String line = pick(random, ODD_LINES);
        char[] chars = (line + " " + key(random)).toCharArray();
        chars[random.nextInt(chars.length)] = (char) (33 + random.nextInt(200));
        String text = new String(chars);
        boolean ends =
                text.startsWith("quit") || text.startsWith("shutdown") || text.startsWith("cas ");
        return Command
                .of(ends || TOO_MANY_WORDS.matcher(text).matches() ? "x\r\n" : text + end(random));
    }

    /** The value is longer or shorter than announced, or its end is missing. */
    private static Command badChunk(Random random) {
        byte[] value = Vocabulary.smallValue(random);
        int announced = Math.max(0, value.length + random.nextInt(5) - 2);
        return new Command.Builder()
                .text("set " + key(random) + " 0 0 " + announced + noreply(random) + end(random))
                .bytes(value)
                .text((chance(random, 80) ? "\r\n" : "\n") + FILLER)
                .build();
    }
}
