package io.ringtail.server.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The fields of {@code stats}: memcached 1.6.45's order, and which docs/stats.md calls constant.
 */
final class GeneralFields {
    private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");
    private static final String SECTION = "## Fields that never change";

    private GeneralFields() {}

    static List<String> inOrder() throws IOException {
        try (var in = GeneralFields.class.getResourceAsStream("general-fields.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
        }
    }

    static Set<String> documentedAsConstant() throws IOException {
        var page = Files.readString(page());
        var names = new TreeSet<String>();
        page.substring(page.indexOf(SECTION))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf(" | ")))
                .forEach(cell -> NAME.matcher(cell)
                        .results()
                        .forEach(name -> names.add(name.group(1))));
        return names;
    }

    private static Path page() {
        var here = Path.of("docs", "stats.md");
        return Files.exists(here) ? here : Path.of("..").resolve(here);
    }
}
