package io.ringtail.server.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** One field that a monitoring tool reads: of which request, and what it takes the value for. */
record Wanted(String request, String kind, String field) {
    private static final Map<String,
            Pattern> KINDS = Map.of("number", Pattern.compile("-?[0-9]+(\\.[0-9]+)?"), "integer",
                    Pattern.compile("[0-9]{1,18}"), "positive", Pattern.compile("[1-9][0-9]*"),
                    "timeval", Pattern.compile("[0-9]+\\.[0-9]{6}"), "punctuated",
                    Pattern.compile("[0-9]+[.:][0-9]+"), "yesno", Pattern.compile("yes|no"),
                    "dotted", Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+"), "text",
                    Pattern.compile("[^ ]+"), "setsBeyondCas", Pattern.compile("[0-9]+"));

    /** Lines {@code request kind field...}; # starts a comment. */
    static List<Wanted> of(String tool) throws IOException {
        var all = new ArrayList<Wanted>();
        try (var in = Wanted.class.getResourceAsStream("monitoring/" + tool + ".txt")) {
            new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .forEach(words -> {
                        for (int i = 2; i < words.length; i++) {
                            all.add(new Wanted(words[0], words[1], words[i]));
                        }
                    });
        }
        return all;
    }

    /** Whether the tool can make something of the value that {@code among} gives the field. */
    boolean isServedBy(Map<String, String> among) {
        var value = among.get(field);
        return value != null && KINDS.get(kind).matcher(value).matches()
                && (!kind.equals("setsBeyondCas") || setsBeyondCas(among) >= 0);
    }

    /** Sets that were no cas: what some tools show as sets. */
    private static long setsBeyondCas(Map<String, String> among) {
        return number(among, "cmd_set") - number(among, "cas_hits") - number(among, "cas_badval")
                - number(among, "cas_misses");
    }

    private static long number(Map<String, String> among, String field) {
        return Long.parseLong(among.getOrDefault(field, "0"));
    }
}
