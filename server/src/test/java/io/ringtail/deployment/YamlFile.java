package io.ringtail.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Files of YAML, or of JSON, which is YAML too, as maps and lists. */
public final class YamlFile {
    private YamlFile() {}

    public static Map<String, Object> map(Path file) throws IOException {
        return map(parse(Files.readString(file)));
    }

    public static Object parse(String text) {
        var settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
        return new Load(settings).loadFromString(text);
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    public static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    public static List<String> strings(Object value) {
        return list(value).stream().map(String::valueOf).toList();
    }
}
