package io.ringtail.server.cli;

import io.ringtail.server.node.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;

/** The file that MEMCACHED_PORT_FILENAME names: which ports were bound, for who asked for any. */
final class PortFile {
    private PortFile() {}

    static void write(Path path, Node node) throws UnavailableException {
        var lines = new ArrayList<String>();
        node.tcpPorts().forEach(port -> lines.add("TCP INET: " + port));
        node.udpPorts().forEach(port -> lines.add("UDP INET: " + port));
        if (node.httpPort() != null) {
            lines.add("HTTP: " + node.httpPort());
        }
        if (node.metricsPort() != null) {
            lines.add("METRICS: " + node.metricsPort());
        }
        var unfinished = path.resolveSibling(path.getFileName() + ".lck");
        try {
            Files.write(unfinished, lines);
            Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UnavailableException(
                    "MEMCACHED_PORT_FILENAME: cannot write the file " + path);
        }
    }
}
