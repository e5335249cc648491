package io.ringtail.loadgen.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML file whose mistakes are told with their line. */
record YamlFile(Path file) {
    private static final int MAX_CHARACTERS = 1 << 20;

    Map<String, Node> root() {
        var settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setCodePointLimit(MAX_CHARACTERS)
                .build();
        try {
            var root = new Compose(settings).composeString(Files.readString(file));
            return map(root.orElseThrow(() -> new ScenarioException(file + " is empty")));
        } catch (MarkedYamlEngineException e) {
            var line = e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            throw new ScenarioException(file + line + ": " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new ScenarioException(file + ": " + e.getMessage());
        } catch (IOException e) {
            throw new ScenarioException("cannot read the file " + file);
        }
    }

    Map<String, Node> map(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node, "this should have the form NAME: VALUE");
        }
        var entries = new LinkedHashMap<String, Node>();
        for (var entry : mapping.getValue()) {
            var name = text(entry.getKeyNode());
            if (entries.put(name, entry.getValueNode()) != null) {
                throw wrong(entry.getKeyNode(), name + " is there twice");
            }
        }
        return entries;
    }

    List<Node> list(Node node) {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong(node, "this should be a list");
        }
        return sequence.getValue();
    }

    String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(node, "one value is expected here");
    }

    double number(Node node) {
        try {
            double number = Double.parseDouble(text(node));
            if (number >= 0 && Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw wrong(node, "'" + text(node) + "' is not a number");
    }

    ScenarioException wrong(Node node, @Nullable String message) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        return new ScenarioException(file + ":" + line + ": " + message);
    }
}
