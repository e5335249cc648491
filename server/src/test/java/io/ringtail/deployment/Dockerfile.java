package io.ringtail.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The instructions of a Dockerfile, in order. */
record Dockerfile(List<Instruction> instructions) {
    /** {@code KEYWORD --flag... arguments}, with continued lines joined. */
    record Instruction(String keyword, List<String> flags, String arguments) {
        static Instruction parse(String line) {
            var words = new ArrayList<>(Arrays.asList(line.trim().split("\\s+", 2)));
            var rest = words.size() > 1 ? words.get(1).trim() : "";
            var flags = new ArrayList<String>();
            while (rest.startsWith("--")) {
                var end = rest.indexOf(' ');
                flags.add(rest.substring(0, end));
                rest = rest.substring(end).trim();
            }
            return new Instruction(words.getFirst(), List.copyOf(flags), rest);
        }

        List<String> words() {
            return List.of(arguments.split("\\s+"));
        }

        /** The words of the form in brackets, which is JSON; no shell sees them. */
        List<String> json() {
            if (!arguments.startsWith("[")) {
                throw new IllegalStateException(keyword + " needs a shell: " + arguments);
            }
            return parseWords(arguments);
        }

        String flag(String name) {
            var start = "--" + name + "=";
            return flags.stream()
                    .filter(it -> it.startsWith(start))
                    .map(it -> it.substring(start.length()))
                    .findFirst()
                    .orElse("");
        }
    }

    static Dockerfile read(Path file) throws IOException {
        var instructions = new ArrayList<Instruction>();
        var open = new StringBuilder();
        for (var line : Files.readAllLines(file)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.endsWith("\\")) {
                open.append(line, 0, line.length() - 1);
            } else {
                instructions.add(Instruction.parse(open.append(line).toString()));
                open.setLength(0);
            }
        }
        return new Dockerfile(List.copyOf(instructions));
    }

    List<Instruction> all(String keyword) {
        return instructions.stream().filter(it -> it.keyword().equals(keyword)).toList();
    }

    Instruction last(String keyword) {
        return all(keyword).getLast();
    }

    /** HEALTHCHECK's command. */
    List<String> healthCheck() {
        var text = last("HEALTHCHECK").arguments();
        return parseWords(text.substring(text.indexOf('[')));
    }

    List<Integer> ports() {
        return last("EXPOSE").words().stream().map(Integer::valueOf).toList();
    }

    private static List<String> parseWords(String json) {
        var list = (List<?>) new Load(LoadSettings.builder().build()).loadFromString(json);
        return list.stream().map(String::valueOf).toList();
    }
}
