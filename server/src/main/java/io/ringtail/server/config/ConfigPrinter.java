package io.ringtail.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Shows all settings as a file that --config reads, with the source of each in a comment. */
public final class ConfigPrinter {
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9/._][A-Za-z0-9/._:-]*[^:]|[0-9]");
    private static final int COMMENT_COLUMN = 44;

    private ConfigPrinter() {}

    public static List<String> lines(SettingValues values, NodeConfig config) {
        var lines = new ArrayList<String>();
        for (var setting : Setting.values()) {
            if (setting != Setting.EXTENDED) {
                lines.add(line(setting, values.value(setting), effective(setting, config)));
            }
        }
        values.extended()
                .forEach((option,
                        value) -> lines.add(commented(
                                "  " + option.optionName() + ": " + quoted(value.text() + ""),
                                value.source())));
        if (!values.extended().isEmpty()) {
            lines.add(lines.size() - values.extended().size(), "extended:");
        }
        return lines;
    }

    private static String line(Setting setting, SettingValues.Value value, String effective) {
        var text = value.source() instanceof Source.Default ? effective : value.text() + "";
        return text.isEmpty() ? commented("# " + setting.key() + ":", value.source())
                : commented(setting.key() + ": " + quoted(text), value.source());
    }

    /** What a default comes to on this machine and with the other settings; empty: nothing. */
    private static String effective(Setting setting, NodeConfig config) {
        return switch (setting) {
            case PORT -> Integer.toString(config.listening().port());
            case LISTEN -> String.valueOf(
                    config.listening().listen() == null ? "*" : config.listening().listen());
            case THREADS -> Integer.toString(config.threads());
            case MAX_ITEM_SIZE -> Quantity.sizeText(config.memory().maxItemBytes());
            case PROTOCOL ->
                    config.listening().protocol().name().toLowerCase(java.util.Locale.ROOT);
            case ADVERTISE ->
                    config.cluster().advertise() == null ? "" : config.cluster().advertise();
            // To give them their defaults is not the same as not to give them.
            case PREFIX_DELIMITER, MAX_REQS_PER_EVENT, HTTP, METRICS, WEIGHT -> "";
            default -> {
                var text = setting.defaultText(Form.SERVE);
                yield text == null ? "" : text;
            }
        };
    }

    private static String quoted(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "''") + "'";
    }

    private static String commented(String text, Source source) {
        return text + " ".repeat(Math.max(1, COMMENT_COLUMN - text.length())) + "# " + source;
    }
}
