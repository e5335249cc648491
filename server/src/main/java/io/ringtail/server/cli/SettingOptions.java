package io.ringtail.server.cli;

import io.ringtail.server.config.Form;
import io.ringtail.server.config.Setting;
import io.ringtail.server.config.Setting.Kind;
import io.ringtail.server.config.SettingValues;
import io.ringtail.server.config.Source;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The settings as picocli's options, without reflection: built from the list of settings. */
final class SettingOptions {
    private static final String NEGATION = "--no-";

    private final Form form;
    private final Map<OptionSpec, Setting> settings = new IdentityHashMap<>();
    private final Map<OptionSpec, Setting> negations = new IdentityHashMap<>();

    private SettingOptions(Form form) {
        this.form = form;
    }

    static SettingOptions addTo(CommandSpec command, Form form) {
        var options = new SettingOptions(form);
        for (var setting : Setting.values()) {
            if (setting.isIn(form)) {
                options.add(command, setting);
            }
        }
        return options;
    }

    private void add(CommandSpec command, Setting setting) {
        var option = builder(setting, names(setting)).description(description(setting)).build();
        command.addOption(option);
        settings.put(option, setting);
        if (setting.kind() == Kind.SWITCH && form == Form.SERVE) {
            var negation = builder(setting, NEGATION + setting.key()).hidden(true).build();
            command.addOption(negation);
            negations.put(negation, setting);
        }
    }

    /** Options may be repeated as getopt allows: the last one counts. */
    private static OptionSpec.Builder builder(Setting setting, String... names) {
        var builder = OptionSpec.builder(names);
        return switch (setting.kind()) {
            case SWITCH, COUNT -> builder.type(boolean[].class).arity("0");
            case TEXT,
                    LIST -> builder.type(String[].class)
                            .arity("1")
                            .hideParamSyntax(true)
                            .paramLabel("<" + setting.label().toLowerCase(Locale.ROOT) + ">");
        };
    }

    private String[] names(Setting setting) {
        var names = new ArrayList<String>();
        if (setting.isMemcached()) {
            names.add("-" + setting.letter());
        }
        if (setting.hasLongNameIn(form)) {
            names.add("--" + setting.key());
        }
        if (setting == Setting.NAPI_IDS) {
            names.add("--napi_ids");
        }
        return names.toArray(String[]::new);
    }

    private String description(Setting setting) {
        var text = setting.defaultText(form);
        return text == null || setting.kind() == Kind.SWITCH || setting.kind() == Kind.COUNT
                ? setting.help()
                : setting.help() + " (default: " + text + ")";
    }

    /** Puts what was given on the command line over the values. */
    void read(ParseResult parsed, SettingValues values) {
        for (var option : parsed.matchedOptionsSet()) {
            var setting = settings.get(option);
            var negated = negations.get(option);
            if (setting != null) {
                values.put(setting, text(setting, option),
                        new Source.Flag(asTyped(setting, parsed.originalArgs())));
            } else if (negated != null) {
                values.put(negated, "no", new Source.Flag(NEGATION + negated.key()));
            }
        }
    }

    private static String text(Setting setting, OptionSpec option) {
        return switch (setting.kind()) {
            case SWITCH -> "yes";
            case COUNT -> Integer.toString(((boolean[]) option.getValue()).length);
            case TEXT -> option.originalStringValues().getLast();
            case LIST -> String.join(",", option.originalStringValues());
        };
    }

    private static String asTyped(Setting setting, List<String> arguments) {
        var longName = "--" + setting.key();
        return !setting.isMemcached() || arguments.stream()
                .anyMatch(it -> it.equals(longName) || it.startsWith(longName + "=")) ? longName
                        : "-" + setting.letter();
    }
}
