package io.ringtail.server.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings as text, each with its source. A later {@link #put} outdoes an earlier one: file
 * first, then environment, then flags. Mutable; owner: the thread that starts the node.
 */
public final class SettingValues {
    private final Form form;
    private final Map<Setting, Value> given = new EnumMap<>(Setting.class);
    private final Map<ExtendedOption, Value> extended = new EnumMap<>(ExtendedOption.class);

    /** A setting's text and where it comes from; null: nothing. */
    public record Value(@Nullable String text, Source source) {}

    public SettingValues(Form form) {
        this.form = form;
    }

    public Form form() {
        return form;
    }

    public void put(Setting setting, String text, Source source) {
        if (setting != Setting.EXTENDED) {
            given.put(setting, new Value(text, source));
            return;
        }
        named(source.name(setting), text, list -> {
            for (var part : list.split(",", -1)) {
                int equals = part.indexOf('=');
                var value = equals < 0 ? null : part.substring(equals + 1);
                putExtended(equals < 0 ? part : part.substring(0, equals), value, source);
            }
            return list;
        });
    }

    void putExtended(String name, @Nullable String value, Source source) {
        var assignment = ExtendedOption.parse(name, value);
        extended.put(assignment.option(), new Value(assignment.value(), source));
    }

    public boolean isGiven(Setting setting) {
        return given.containsKey(setting);
    }

    /** What holds, with its source. */
    public Value value(Setting setting) {
        var value = given.get(setting);
        return value != null ? value : new Value(setting.defaultText(form), new Source.Default());
    }

    /** The sub-options of -o that were given. */
    public Map<ExtendedOption, Value> extended() {
        return Collections.unmodifiableMap(extended);
    }

    Extended extendedValues() {
        var texts = new EnumMap<ExtendedOption, String>(ExtendedOption.class);
        extended.forEach((option, value) -> {
            if (value.text() != null) {
                texts.put(option, value.text());
            }
        });
        return Extended.over(texts);
    }

    @Nullable
    String text(Setting setting) {
        return value(setting).text();
    }

    @Nullable
    Path path(Setting setting) {
        var text = text(setting);
        return text == null ? null : read(setting, Path::of);
    }

    boolean isOn(Setting setting) {
        return read(setting, Quantity::yesOrNo);
    }

    int integer(Setting setting, Range range) {
        return read(setting, text -> Quantity.integer(text, range));
    }

    /** Reads a setting that has a text, and names it and its source where the text is wrong. */
    <T> T read(Setting setting, Function<String, T> reader) {
        var value = value(setting);
        var text = value.text();
        if (text == null) {
            throw new IllegalStateException("setting=" + setting + " has no value");
        }
        return named(value.source().name(setting), text, reader);
    }

    /** A mistake in a setting's value. */
    InvalidSettingException wrong(Setting setting, String message) {
        return new InvalidSettingException(value(setting).source().name(setting) + ": " + message);
    }

    private static <T> T named(String name, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (InvalidSettingException | java.nio.file.InvalidPathException e) {
            throw new InvalidSettingException(name + ": " + e.getMessage());
        }
    }
}
