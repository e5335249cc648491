package io.ringtail.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The file that MEMCACHED_PORT_FILENAME names: which ports were bound, for who asked for any. */
final class PortFile {
    private PortFile() {}

    static void write(Path path, List<Integer> tcp, List<Integer> udp) throws UnavailableException {
        var text = new StringBuilder();
        tcp.forEach(port -> text.append("TCP INET: ").append(port).append('\n'));
        udp.forEach(port -> text.append("UDP INET: ").append(port).append('\n'));
        var unfinished = path.resolveSibling(path.getFileName() + ".lck");
        try {
            Files.writeString(unfinished, text);
            Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UnavailableException(
                    "MEMCACHED_PORT_FILENAME: cannot write the file " + path);
        }
    }
}
