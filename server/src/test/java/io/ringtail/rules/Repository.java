package io.ringtail.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checked-out source tree, found from the directory that the tests run in. */
record Repository(Path root) {
    private static final List<String> SOURCE_FOLDERS = List.of("src/main/java", "src/test/java");

    static Repository find() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve(".config/eclipse-formatter.xml"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("run the tests inside the source tree");
            }
        }
        return new Repository(folder);
    }

    List<SourceFile> javaFiles() {
        return SourceFile.parse(root,
                sourceFolders().flatMap(this::walk)
                        .filter(file -> file.toString().endsWith(".java"))
                        .sorted()
                        .toList());
    }

    List<String> lines(String file) {
        try {
            return Files.readAllLines(root.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<Path> sourceFolders() {
        try (var modules = Files.list(root)) {
            return modules.filter(it -> Files.isRegularFile(it.resolve("pom.xml")))
                    .toList()
                    .stream()
                    .flatMap(it -> SOURCE_FOLDERS.stream().map(it::resolve))
                    .filter(Files::isDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<Path> walk(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
