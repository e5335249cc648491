package io.ringtail.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a .dockerignore file leaves of the build's context: lines of NAME or two stars/NAME. */
record ContextFilter(List<String> ignored) {
    private static final String ANYWHERE = "**/";

    static ContextFilter read(Path file) throws IOException {
        return new ContextFilter(Files.readAllLines(file)
                .stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList());
    }

    boolean lets(Path path) {
        return ignored.stream().noneMatch(it -> matches(it, path));
    }

    private static boolean matches(String pattern, Path path) {
        if (!pattern.startsWith(ANYWHERE)) {
            return path.startsWith(pattern);
        }
        var name = Path.of(pattern.substring(ANYWHERE.length()));
        for (var part : path) {
            if (part.equals(name)) {
                return true;
            }
        }
        return false;
    }
}
