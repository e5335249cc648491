package io.ringtail.deployment;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import io.ringtail.deployment.Dockerfile.Instruction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Executes a Dockerfile's steps with this machine's JDK and Maven. The root of each stage is a
 * folder that is empty at first; what the steps write to under /build, /opt and /system goes there,
 * everything else is this machine's.
 */
final class ImageBuild {
    private static final Pattern STAGE_PATH =
            Pattern.compile("(?<=^|[\\s='\"@])/(?=(build|opt|system)(/|[\\s'\"]|$))");

    private final Path context;
    private final Path folder;
    private final ContextFilter filter;
    private final Map<String, Path> stages = new HashMap<>();
    private Path root;
    private Path workingDirectory;

    ImageBuild(Path context, Path folder) throws IOException {
        this.context = context.toRealPath();
        this.folder = folder;
        this.filter = ContextFilter.read(context.resolve("docker/Dockerfile.dockerignore"));
    }

    /** Returns the root of the last stage. */
    Path run(Dockerfile dockerfile) throws IOException, InterruptedException {
        for (var instruction : dockerfile.instructions()) {
            switch (instruction.keyword()) {
                case "FROM" -> from(instruction.words());
                case "WORKDIR" -> enter(instruction.arguments());
                case "COPY" -> copy(instruction);
                case "RUN" -> run(instruction);
                case "ENV", "USER", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD" -> {
                    // Of the image, not of its making.
                }
                default -> throw new IllegalStateException("unknown: " + instruction);
            }
        }
        return root;
    }

    /** A command with the paths of a stage replaced by those of the folder it lies in. */
    static String placed(String text, Path root) {
        return STAGE_PATH.matcher(text).replaceAll(Matcher.quoteReplacement(root + "/"));
    }

    private void from(List<String> words) throws IOException {
        var name = words.size() > 2 ? words.get(2) : "image";
        root = Files.createDirectory(folder.resolve(name)).toRealPath();
        workingDirectory = root;
        stages.put(name, root);
    }

    private void enter(String path) throws IOException {
        workingDirectory = Files.createDirectories(inStage(path));
    }

    private Path inStage(String path) {
        return path.startsWith("/") ? root.resolve(path.substring(1))
                : workingDirectory.resolve(path);
    }

    private void copy(Instruction copy) throws IOException {
        var from = copy.flag("from");
        var start = from.isEmpty() ? context : stages.get(from);
        var words = copy.words();
        var target = inStage(words.getLast());
        for (var word : words.subList(0, words.size() - 1)) {
            var source = start.resolve(word.replaceFirst("^/", "")).normalize();
            if (Files.isDirectory(source)) {
                copyContent(source, target, from.isEmpty());
            } else {
                boolean intoFolder = words.getLast().matches(".*/|\\.|/") || words.size() > 2;
                copyFile(source, intoFolder ? target.resolve(source.getFileName()) : target);
            }
        }
    }

    private void copyContent(Path source, Path target, boolean filtered) throws IOException {
        try (var files = Files.walk(source)) {
            for (var file : files.toList()) {
                var to = target.resolve(source.relativize(file));
                if (filtered && !filter.lets(context.relativize(file))) {
                    continue;
                }
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(to);
                    Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(file));
                } else {
                    copyFile(file, to);
                }
            }
        }
    }

    /** Layers keep times in whole seconds. */
    private static void copyFile(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        if (!Files.isSymbolicLink(to)) {
            Files.setLastModifiedTime(to,
                    FileTime.fromMillis(Files.getLastModifiedTime(from).toMillis() / 1000 * 1000));
        }
    }

    private void run(Instruction step) throws IOException, InterruptedException {
        var log = folder.resolve("log").toFile();
        var builder = new ProcessBuilder("/bin/sh", "-c", placed(step.arguments(), root))
                .directory(workingDirectory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log);
        var java = System.getProperty("java.home");
        builder.environment().put("JAVA_HOME", java);
        builder.environment().merge("PATH", java + "/bin", (path, bin) -> bin + ":" + path);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        var exitCode = builder.start().waitFor();
        if (exitCode != 0) {
            throw new AssertionError("exit code " + exitCode + " of RUN " + step.arguments() + "\n"
                    + Files.readString(log.toPath()));
        }
    }

    /** Bytes of the files under a root. */
    static long size(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(it -> Files.isRegularFile(it, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(ImageBuild::sizeOf)
                    .sum();
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
