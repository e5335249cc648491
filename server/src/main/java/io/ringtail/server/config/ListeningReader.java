package io.ringtail.server.config;

import static io.ringtail.server.config.Setting.LISTEN;
import static io.ringtail.server.config.Setting.LISTEN_BACKLOG;
import static io.ringtail.server.config.Setting.PORT;
import static io.ringtail.server.config.Setting.UDP_PORT;
import static io.ringtail.server.config.Setting.UNIX_MASK;
import static io.ringtail.server.config.Setting.UNIX_SOCKET;

import io.ringtail.server.config.NodeConfig.Listening;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies the rules of -p, -U, -l and -s: which sockets a node opens. */
final class ListeningReader {
    private static final String PORT_FILE = "MEMCACHED_PORT_FILENAME";

    private final SettingValues values;
    private final SecurityReader security;
    private final Surroundings surroundings;

    ListeningReader(SettingValues values, SecurityReader security, Surroundings surroundings) {
        this.values = values;
        this.security = security;
        this.surroundings = surroundings;
    }

    Listening listening() {
        int udpPort = values.integer(UDP_PORT, Bounds.PORT);
        int port = values.isGiven(UDP_PORT) && udpPort != 0 && !values.isGiven(PORT) ? udpPort
                : values.integer(PORT, Bounds.PORT);
        security.checkUdp(udpPort);
        var socket = values.path(UNIX_SOCKET);
        int mask = values.read(UNIX_MASK, text -> Quantity.octal(text, Bounds.UNIX_MASK));
        return new Listening(addresses(port, socket), addresses(udpPort, socket), port, udpPort,
                values.text(LISTEN), socket, mask, values.integer(LISTEN_BACKLOG, Bounds.BACKLOG),
                security.protocol(), portFile());
    }

    /** Nothing where the port is 0 or a unix socket takes the network's place. */
    private List<ListenAddress> addresses(int port, @Nullable Path unixSocket) {
        var parser = new ListenParser(Math.max(port, 0), security.protocol(), security.isTls());
        var addresses = values.text(LISTEN) == null ? parser.parse("*")
                : values.read(LISTEN, parser::parse);
        if (addresses.isEmpty()) {
            throw values.wrong(LISTEN, "no address is given");
        }
        return port == 0 || unixSocket != null ? List.of() : List.copyOf(addresses);
    }

    private @Nullable Path portFile() {
        var file = surroundings.environment().get(PORT_FILE);
        return file == null || file.isEmpty() ? null : Path.of(file);
    }
}
