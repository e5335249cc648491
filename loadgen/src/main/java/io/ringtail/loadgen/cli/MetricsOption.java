package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.client.ServerAddress;
import io.ringtail.loadgen.metrics.LoadMetrics;
import io.ringtail.loadgen.metrics.MetricsPort;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The metrics port as --metrics asks for it, or not. */
final class MetricsOption implements AutoCloseable {
    private static final ServerAddress DEFAULT = new ServerAddress("127.0.0.1", 9090);
    private static final String OFF = "off";

    private final @Nullable MetricsPort port;

    private MetricsOption(@Nullable MetricsPort port) {
        this.port = port;
    }

    /** A port that was not asked for and is taken moves to the next one that is free. */
    static MetricsOption open(@Nullable String asked, LoadMetrics metrics, Consumer<String> said)
            throws CommandFailure {
        if (OFF.equals(asked)) {
            return new MetricsOption(null);
        }
        var address = address(asked);
        try {
            var port = MetricsPort.open(address.resolve(), asked == null, metrics);
            if (port.port() != address.port()) {
                var taken = address.port() == 0 ? "" : "port " + address.port() + " is taken: ";
                said.accept(
                        taken + "metrics are on " + new ServerAddress(address.host(), port.port()));
            }
            return new MetricsOption(port);
        } catch (IOException | RuntimeException e) {
            throw CommandFailure
                    .unavailable("--metrics: cannot listen on " + address + ": " + e.getMessage());
        }
    }

    private static ServerAddress address(@Nullable String asked) throws CommandFailure {
        try {
            return asked == null ? DEFAULT : ServerAddress.parseOwn(asked);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--metrics: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        if (port != null) {
            port.close();
        }
    }
}
