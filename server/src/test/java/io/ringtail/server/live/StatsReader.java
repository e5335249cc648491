package io.ringtail.server.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sorts statistics as tools do: general ones, settings, and one table for each size class. */
record StatsReader(Source source) {
    /** Asks for {@code stats <arguments>}, in whichever protocol. */
    interface Source {
        Map<String, String> stats(String arguments) throws IOException;
    }

    /**
     * The tables in which the fields of a request stand; for items and slabs one for each class.
     */
    List<Map<String, String>> tables(String request) throws IOException {
        return switch (request) {
            case "stats" -> List.of(source.stats(""));
            case "settings" -> List.of(source.stats("settings"));
            case "items" -> new ArrayList<>(byClass("items", 3).values());
            case "slabs" -> new ArrayList<>(byClass("slabs", 2).values());
            case "slabstotal" -> List.of(source.stats("slabs"));
            default -> throw new IllegalArgumentException(request);
        };
    }

    /** {@code items:<class>:<name>} or {@code <class>:<name>}: the last two parts of the name. */
    private Map<Integer, Map<String, String>> byClass(String request, int parts)
            throws IOException {
        var classes = new TreeMap<Integer, Map<String, String>>();
        source.stats(request).forEach((name, value) -> {
            var words = name.split(":");
            if (words.length == parts) {
                classes.computeIfAbsent(Integer.valueOf(words[parts - 2]), _ -> new HashMap<>())
                        .put(words[parts - 1], value);
            }
        });
        return classes;
    }
}
