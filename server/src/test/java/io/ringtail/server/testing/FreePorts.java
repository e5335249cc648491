package io.ringtail.server.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Ports of loopback for nodes that must know each other's beforehand. They lie below those that the
 * system gives to clients and to whoever asks for any port: a port that is free here stays free
 * until the node takes it, whatever else the machine does.
 */
public final class FreePorts {
    private static final Path SYSTEMS = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int FIRST = 15_000;
    private static final int USUAL_FIRST_OF_SYSTEM = 32_768;

    private FreePorts() {}

    /** So many different ones. Where they are looked for differs between processes. */
    public static List<Integer> take(int count) throws IOException {
        int end = firstOfSystem();
        var random = new Random(ProcessHandle.current().pid() ^ System.nanoTime());
        var sockets = new ArrayList<ServerSocket>();
        try {
            while (sockets.size() < count) {
                var socket = listen(FIRST + random.nextInt(end - FIRST));
                if (socket != null) {
                    sockets.add(socket);
                }
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    private static @org.jspecify.annotations.Nullable ServerSocket listen(int port) {
        try {
            return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        } catch (IOException taken) {
            return null;
        }
    }

    private static int firstOfSystem() throws IOException {
        int first = Files.exists(SYSTEMS)
                ? Integer.parseInt(Files.readString(SYSTEMS).strip().split("\\s+")[0])
                : USUAL_FIRST_OF_SYSTEM;
        return first > FIRST + 1_000 ? first : USUAL_FIRST_OF_SYSTEM;
    }
}
