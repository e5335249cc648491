package io.ringtail.loadgen.net;

/**
 * How the client behaves.
 *
 * @param threads event loops
 * @param connections to one server, over all loops
 * @param timeoutMillis for connecting and for each answer
 */
public record ClientConfig(int threads, int connections, int timeoutMillis) {
    public ClientConfig {
        if (threads < 1 || connections < threads || timeoutMillis < 1) {
            throw new IllegalArgumentException("threads=" + threads + " connections=" + connections
                    + " timeoutMillis=" + timeoutMillis);
        }
    }

    int connectionsOfLoop(int loop) {
        return connections / threads + (loop < connections % threads ? 1 : 0);
    }
}
