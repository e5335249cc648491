package io.ringtail.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads settings from a YAML file: one mapping from names to values. Lists may be sequences,
 * {@code extended} a mapping of sub-options. Mistakes are reported with file and line.
 */
public final class FileSettings {
    private static final int MAX_FILE_CHARACTERS = 1 << 20;

    private final Path file;
    private final SettingValues values;
    private final Set<String> seen = new HashSet<>();

    private FileSettings(Path file, SettingValues values) {
        this.file = file;
        this.values = values;
    }

    public static void read(Path file, SettingValues values) {
        new FileSettings(file, values).read();
    }

    private void read() {
        var root = compose();
        if (root == null) {
            return;
        }
        if (!(root instanceof MappingNode mapping)) {
            throw wrong(root, "settings have the form NAME: VALUE");
        }
        mapping.getValue().forEach(this::readSetting);
    }

    private @Nullable Node compose() {
        var settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setCodePointLimit(MAX_FILE_CHARACTERS)
                .build();
        try {
            return new Compose(settings).composeString(Files.readString(file)).orElse(null);
        } catch (MarkedYamlEngineException e) {
            var line = e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            throw new InvalidSettingException(file + line + ": " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new InvalidSettingException(file + ": " + e.getMessage());
        } catch (IOException e) {
            throw new InvalidSettingException("--config: cannot read the file " + file);
        }
    }

    private void readSetting(NodeTuple entry) {
        var name = scalar(entry.getKeyNode());
        var setting = Setting.byKey(name)
                .filter(it -> it.key().equals(name))
                .orElseThrow(() -> wrong(entry.getKeyNode(), "there is no setting '" + name + "'"));
        if (!seen.add(name)) {
            throw wrong(entry.getKeyNode(), name + " is set twice");
        }
        if (setting == Setting.EXTENDED && entry.getValueNode() instanceof MappingNode options) {
            options.getValue().forEach(this::readOption);
            return;
        }
        values.put(setting, text(setting, entry.getValueNode()), source(entry.getKeyNode()));
    }

    private void readOption(NodeTuple entry) {
        var value = scalar(entry.getValueNode());
        try {
            values.putExtended(scalar(entry.getKeyNode()), value.isEmpty() ? null : value,
                    source(entry.getKeyNode()));
        } catch (InvalidSettingException e) {
            throw wrong(entry.getKeyNode(), e.getMessage());
        }
    }

    private String text(Setting setting, Node node) {
        if (setting.kind() == Setting.Kind.LIST && node instanceof SequenceNode list) {
            return list.getValue().stream().map(this::scalar).collect(Collectors.joining(","));
        }
        return scalar(node);
    }

    private String scalar(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(node, "one value is expected here");
    }

    private Source source(Node node) {
        return new Source.FileLine(file, line(node));
    }

    private InvalidSettingException wrong(Node node, @Nullable String message) {
        return new InvalidSettingException(file + ":" + line(node) + ": " + message);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
