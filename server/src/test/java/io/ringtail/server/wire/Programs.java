package io.ringtail.server.wire;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Finds the programs that integration tests talk to; a missing one fails the test and names its
 * Debian package.
 */
public final class Programs {
    /** Programs by the Debian package that has them. */
    private static final Map<String,
            String> PACKAGES = Map.of("memcached", "memcached", "memccapable", "libmemcached-tools",
                    "php", "php-cli", "ruby", "ruby", "perl", "perl", "python3", "python3",
                    "promtool", "prometheus", "node", "npm", "etcd", "etcd-server");

    private Programs() {}

    /** The program of this name that is first on the PATH. */
    public static Path find(String name) {
        for (String directory : System.getenv("PATH").split(":", -1)) {
            Path program = Path.of(directory, name);
            if (Files.isExecutable(program)) {
                return program;
            }
        }
        throw new AssertionError("program=" + name + " is not installed: apt-get install "
                + PACKAGES.getOrDefault(name, name) + " (or run ./ringtail test, which does that)");
    }
}
