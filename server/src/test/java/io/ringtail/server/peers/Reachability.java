package io.ringtail.server.peers;

import io.ringtail.server.live.TextConnection;
import io.ringtail.server.testing.Patience;
import java.io.IOException;

/** Waits until every event loop of a node has its connection to a peer. */
public final class Reachability {
    /** More than a test's nodes have event loops, which take connections in turn. */
    private static final int CONNECTIONS = 4;

    private Reachability() {}

    /** Waits until the node that listens on {@code port} reaches the owner of {@code key}. */
    public static void await(int port, String key) throws Exception {
        for (int i = 0; i < CONNECTIONS; i++) {
            try (var client = new TextConnection(port)) {
                Patience.until(() -> touch(client, key).equals("NOT_FOUND"),
                        () -> "the owner of " + key + " is not reached");
            }
        }
    }

    private static String touch(TextConnection client, String key) throws IOException {
        return client.ask("touch " + key + " 0");
    }
}
