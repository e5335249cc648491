package io.ringtail.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file of -P: written whole or not at all, and removed at the end. */
final class PidFile implements AutoCloseable {
    private final Path path;

    private PidFile(Path path) {
        this.path = path;
    }

    static PidFile write(Path path) throws UnavailableException {
        var unfinished = path.resolveSibling(path.getFileName() + ".tmp");
        try {
            Files.writeString(unfinished, ProcessHandle.current().pid() + "\n");
            Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
            return new PidFile(path);
        } catch (IOException e) {
            throw new UnavailableException("-P: cannot write the file " + path);
        }
    }

    /** Where the user that the process became may not remove it, it stays, as memcached's does. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // Said above.
        }
    }
}
