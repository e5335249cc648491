package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.breaker.BreakerConfig;
import io.ringtail.loadgen.breaker.ServerBreaker;
import io.ringtail.loadgen.client.ServerAddress;
import io.ringtail.loadgen.client.TextClient;
import io.ringtail.loadgen.net.Server;
import io.ringtail.loadgen.pool.PoolCounts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Servers as they were named on the command line, and the wait until they answer. */
final class ServerList {
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int PROBE_MILLIS = 2_000;

    private ServerList() {}

    static List<ServerAddress> parse(List<String> texts) throws CommandFailure {
        var addresses = new ArrayList<ServerAddress>();
        for (var text : texts) {
            try {
                addresses.add(ServerAddress.parse(text));
            } catch (IllegalArgumentException e) {
                throw CommandFailure.usage("--servers: " + e.getMessage());
            }
        }
        return addresses;
    }

    /** Waits until the server says its version, at the address that answers. */
    static InetSocketAddress await(ServerAddress server, double seconds) throws CommandFailure {
        long end = System.nanoTime() + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        while (true) {
            try (var client = TextClient.connect(server, PROBE_MILLIS)) {
                var said = client.ask("version");
                if (said.startsWith("VERSION ")) {
                    return client.address();
                }
                throw new IOException("it says " + said);
            } catch (IOException e) {
                if (System.nanoTime() - end > 0) {
                    throw CommandFailure.unavailable(
                            server + " does not answer as memcached does: " + e.getMessage());
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    static Server server(ServerAddress name, InetSocketAddress address, BreakerConfig breaker) {
        return new Server(name.toString(), address, new ServerBreaker(name.toString(), breaker),
                new PoolCounts());
    }
}
