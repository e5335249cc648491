package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.ServerAddress;
import io.ringtail.loadgen.client.SidePort;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the side port of the node that a command talks to. Stateless. */
final class SidePorts {
    private static final ServerAddress USUAL =
            new ServerAddress("127.0.0.1", ServerAddress.HTTP_PORT);
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final List<String> SAME = List.of("pid", "version", "ringtail_version");

    private SidePorts() {}

    /**
     * Fails with why there is none.
     *
     * @param stats what the server says of itself
     * @param asked where somebody says that it is
     */
    static SidePort of(String server, Map<String, String> stats, boolean isLocal,
            @Nullable ServerAddress asked) throws IOException {
        if (!stats.containsKey("ringtail_version")) {
            throw new IOException(server + " is no Ringtail");
        }
        if (asked == null && !isLocal) {
            throw new IOException("say with --http where the side port of " + server + " is");
        }
        var address = asked == null ? USUAL : asked;
        var sidePort = new SidePort(address, TIMEOUT_MILLIS);
        if (!isSame(stats, sidePort.stats())) {
            throw new IOException(address + " is another node than " + server + ": say --http");
        }
        return sidePort;
    }

    /** The same process, with the same start: all containers have the same process id. */
    private static boolean isSame(Map<String, String> one, Map<String, String> other) {
        return SAME.stream().allMatch(name -> Objects.equals(one.get(name), other.get(name)))
                && Math.abs(startSeconds(one) - startSeconds(other)) <= 1;
    }

    private static long startSeconds(Map<String, String> stats) {
        try {
            return Long.parseLong(stats.getOrDefault("time", ""))
                    - Long.parseLong(stats.getOrDefault("uptime", ""));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
