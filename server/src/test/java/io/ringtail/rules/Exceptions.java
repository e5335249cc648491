package io.ringtail.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Findings that are allowed, from .config/rule-exceptions.txt: one a line, as {@code rule where:
 * reason}. One that no longer matches anything is a finding itself.
 */
final class Exceptions {
    static final String FILE = ".config/rule-exceptions.txt";

    private record Entry(String rule, String where) {}

    private final Set<Entry> allowed = new HashSet<>();
    private final Set<Entry> used = new HashSet<>();
    private final List<String> malformed = new ArrayList<>();

    static Exceptions read(Repository repository) {
        var exceptions = new Exceptions();
        for (var line : repository.lines(FILE)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                exceptions.add(line);
            }
        }
        return exceptions;
    }

    private void add(String line) {
        var colon = line.indexOf(": ");
        var words = colon < 0 ? new String[0] : line.substring(0, colon).trim().split("\\s+");
        if (words.length != 2 || line.substring(colon + 2).isBlank()) {
            malformed.add(FILE + ": not of the form 'rule where: reason': " + line);
            return;
        }
        allowed.add(new Entry(words[0], words[1]));
    }

    boolean allow(Finding finding) {
        var entry = new Entry(finding.rule(), finding.where());
        if (!allowed.contains(entry)) {
            return false;
        }
        used.add(entry);
        return true;
    }

    List<String> complaints() {
        var complaints = new ArrayList<>(malformed);
        for (var entry : allowed) {
            if (!used.contains(entry)) {
                complaints.add(FILE + ": no longer needed: " + entry.rule + " " + entry.where);
            }
        }
        return complaints;
    }
}
