package io.ringtail.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/options.md has a row for every flag and sub-option, with its default and its fate. */
final class OptionsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "options.md");

    @Test
    void hasARowForEverySetting() throws IOException {
        var rows = Files.readAllLines(DOCUMENT);
        assertEquals(List.of(),
                Arrays.stream(Setting.values())
                        .map(OptionsDocumentTest::startOfRow)
                        .filter(start -> rows.stream().noneMatch(row -> row.startsWith(start)))
                        .toList());
    }

    @Test
    void hasARowForEverySubOptionWithItsDefaultAndFate() throws IOException {
        var rows = Files.readAllLines(DOCUMENT);
        assertEquals(List.of(),
                Arrays.stream(ExtendedOption.values())
                        .map(OptionsDocumentTest::startOfRow)
                        .filter(start -> rows.stream().noneMatch(row -> row.startsWith(start)))
                        .toList());
    }

    @Test
    void hasNoRowForWhatDoesNotExist() throws IOException {
        var known = Stream
                .concat(Arrays.stream(ExtendedOption.values())
                        .map(it -> "| `" + it.optionName() + "`"),
                        Arrays.stream(Setting.values()).map(OptionsDocumentTest::startOfRow))
                .toList();
        assertEquals(List.of("`--config`", "`--print-config`", "`-h`", "`-i`", "`-V`"),
                Files.readAllLines(DOCUMENT)
                        .stream()
                        .filter(row -> row.matches("\\| `(-|[a-z]).*"))
                        .filter(row -> known.stream().noneMatch(row::startsWith))
                        .map(row -> row.replaceAll("\\| (`[^`]*`).*", "$1"))
                        .toList());
    }

    private static String startOfRow(Setting setting) {
        var letter = setting.isMemcached() ? "`-" + setting.letter() + "`, " : "";
        return "| " + letter + "`--" + setting.key() + "`";
    }

    private static String startOfRow(ExtendedOption option) {
        var negated =
                option.rule().value().isNegatable() ? ", `no_" + option.optionName() + "`" : "";
        var byDefault = option.defaultText() == null ? " " : " `" + option.defaultText() + "` ";
        return "| `" + option.optionName() + "`" + negated + " |" + byDefault + "| "
                + option.rule().fate().name().toLowerCase(Locale.ROOT) + " |";
    }
}
