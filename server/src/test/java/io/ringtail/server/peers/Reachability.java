package io.ringtail.server.peers;

import io.ringtail.server.live.TextConnection;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Waits until every event loop of a node has its connection to a peer. */
public final class Reachability {
    private static final long PATIENCE_SECONDS = 20;
    /** More than a test's nodes have event loops, which take connections in turn. */
    private static final int CONNECTIONS = 4;

    private Reachability() {}

    /** Waits until the node that listens on {@code port} reaches the owner of {@code key}. */
    public static void await(int port, String key) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (int i = 0; i < CONNECTIONS; i++) {
            try (var client = new TextConnection(port)) {
                for (var answer = touch(client, key); !answer.equals("NOT_FOUND");
                        answer = touch(client, key)) {
                    if (System.nanoTime() > deadline) {
                        throw new IOException("the owner of " + key + " is not reached: " + answer);
                    }
                }
            }
        }
    }

    private static String touch(TextConnection client, String key) throws IOException {
        return client.ask("touch " + key + " 0");
    }
}
