package io.ringtail.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts commands of an image that was built into a folder: with the folder as their root and as
 * the image's user where this machine lets us, otherwise with the paths of the folder.
 */
final class Container {
    private static final long STOP_SECONDS = 60;
    private static final String ISOLATE = "mount --bind /dev \"$0/dev\" && "
            + "{ mount --bind /proc \"$0/proc\" || mount -t proc proc \"$0/proc\"; } && "
            + "user=$1 && shift && exec chroot --userspec=\"$user\" \"$0\" \"$@\"";

    record Outcome(int exitCode, String output) {}

    private final Path root;
    private final String user;
    private final boolean isolated;

    private Container(Path root, String user, boolean isolated) {
        this.root = root;
        this.user = user;
        this.isolated = isolated;
    }

    /** As an engine does, it adds /proc, /dev and the names of hosts to what the image holds. */
    static Container of(Path root, String user) throws IOException, InterruptedException {
        Files.createDirectories(root.resolve("proc"));
        Files.createDirectories(root.resolve("dev"));
        Files.writeString(root.resolve("etc/hosts"), "127.0.0.1 localhost\n");
        var isolated = new Container(root, user, true);
        var probe = isolated.execute(List.of("/opt/ringtail/runtime/bin/java", "--version"));
        return probe.exitCode() == 0 ? isolated : new Container(root, user, false);
    }

    boolean isIsolated() {
        return isolated;
    }

    Path root() {
        return root;
    }

    Process start(List<String> command, Path output) throws IOException {
        var builder = new ProcessBuilder(isolated ? isolating(command) : placed(command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment()
                .put("MEMCACHED_PORT_FILENAME",
                        isolated ? "/tmp/ports" : root.resolve("tmp/ports").toString());
        return builder.start();
    }

    Outcome execute(List<String> command) throws IOException, InterruptedException {
        var output = Files.createTempFile("container", ".log");
        try {
            var process = start(command, output);
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end: " + Files.readString(output));
            }
            return new Outcome(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    private List<String> isolating(List<String> command) {
        var words = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private", "sh",
                "-c", ISOLATE, root.toString(), user));
        words.addAll(command);
        return words;
    }

    /** A file of flags names places in the image, too. */
    private List<String> placed(List<String> command) throws IOException {
        var words = new ArrayList<String>();
        for (var word : command) {
            if (word.startsWith("@")) {
                var flags = root.resolve("tmp/flags");
                Files.writeString(flags, ImageBuild.placed(
                        Files.readString(root.resolve(word.substring(2))).replace("=/", "= /"),
                        root).replace("= /", "=/"));
                words.add("@" + flags);
            } else {
                words.add(ImageBuild.placed(word, root));
            }
        }
        return words;
    }
}
