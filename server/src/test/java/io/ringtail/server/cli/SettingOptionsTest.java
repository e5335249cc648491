package io.ringtail.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ringtail.server.config.Form;
import io.ringtail.server.config.Setting;
import io.ringtail.server.config.Setting.Kind;
import io.ringtail.server.config.SettingValues;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Every name of every setting, in both forms, as getopt would read it. */
final class SettingOptionsTest {
    @TestFactory
    Stream<DynamicTest> everyNameSetsItsSetting() {
        return Stream.of(Form.values())
                .flatMap(form -> Stream.of(Setting.values())
                        .flatMap(setting -> namings(form, setting).stream()
                                .map(typed -> DynamicTest.dynamicTest(form + " " + typed,
                                        () -> check(form, setting, typed)))));
    }

    /** All ways to type a setting. */
    private static List<List<String>> namings(Form form, Setting setting) {
        var value = setting == Setting.EXTENDED ? "hashpower=20" : "7";
        var takesValue = setting.kind() == Kind.TEXT || setting.kind() == Kind.LIST;
        var namings = new ArrayList<List<String>>();
        if (setting.isMemcached()) {
            var name = "-" + setting.letter();
            namings.add(takesValue ? List.of(name, value) : List.of(name));
            namings.add(List.of("-F" + setting.letter() + (takesValue ? value : "")));
        }
        if (setting.hasLongNameIn(form)) {
            var name = "--" + setting.key();
            namings.add(takesValue ? List.of(name, value) : List.of(name));
            if (takesValue) {
                namings.add(List.of(name + "=" + value));
            }
        }
        return namings;
    }

    private static void check(Form form, Setting setting, List<String> typed) {
        var values = parse(form, typed.toArray(String[]::new));
        if (setting == Setting.EXTENDED) {
            assertEquals(1, values.extended().size());
            return;
        }
        var expected = switch (setting.kind()) {
            case SWITCH -> "yes";
            case COUNT -> "1";
            case TEXT, LIST -> "7";
        };
        assertEquals(expected, values.value(setting).text());
    }

    @Test
    void lettersCombine() {
        var values = parse(Form.MEMCACHED, "-vvvMp5", "-I2m", "-vd");
        assertEquals("4", values.value(Setting.VERBOSE).text());
        assertEquals("yes", values.value(Setting.DISABLE_EVICTIONS).text());
        assertEquals("yes", values.value(Setting.DAEMON).text());
        assertEquals("5", values.value(Setting.PORT).text());
        assertEquals("2m", values.value(Setting.MAX_ITEM_SIZE).text());
    }

    @Test
    void theLastOfSeveralValuesCounts() {
        assertEquals("6", parse(Form.MEMCACHED, "-p", "5", "--port=6").value(Setting.PORT).text());
    }

    @Test
    void listsAddUp() {
        var values = parse(Form.MEMCACHED, "-l", "a,b:5", "-l", "c", "-o", "track_sizes", "-o",
                "hashpower=20,modern");
        assertEquals("a,b:5,c", values.value(Setting.LISTEN).text());
        assertEquals(3, values.extended().size());
    }

    @Test
    void valuesMayLookLikeOptions() {
        var values = parse(Form.MEMCACHED, "-p", "-1", "-D", "-", "-P", "-v");
        assertEquals("-1", values.value(Setting.PORT).text());
        assertEquals("-", values.value(Setting.PREFIX_DELIMITER).text());
        assertEquals("-v", values.value(Setting.PIDFILE).text());
        assertFalse(values.isGiven(Setting.VERBOSE));
    }

    @Test
    void memcachedsFormKnowsOnlyMemcachedsFlagsAndTheSidePorts() {
        for (var setting : Setting.values()) {
            if (!setting.hasLongNameIn(Form.MEMCACHED)) {
                assertThrows(UnmatchedArgumentException.class,
                        () -> parse(Form.MEMCACHED, "--" + setting.key() + "=1"));
            }
        }
        assertThrows(UnmatchedArgumentException.class,
                () -> parse(Form.MEMCACHED, "--no-enable-shutdown"));
    }

    @Test
    void aSwitchThatAFileTurnedOnCanBeTurnedOff() {
        assertEquals("no",
                parse(Form.SERVE, "--no-enable-shutdown").value(Setting.ENABLE_SHUTDOWN).text());
    }

    private static SettingValues parse(Form form, String... arguments) {
        var spec = CommandSpec.create();
        var options = SettingOptions.addTo(spec, form);
        var values = new SettingValues(form);
        options.read(Main.configured(new CommandLine(spec)).parseArgs(arguments), values);
        return values;
    }
}
