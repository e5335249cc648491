package io.ringtail.server.live;

import io.ringtail.server.config.Setting;
import io.ringtail.server.testing.Patience;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A node, one client that watches its statistics, and others as the play needs them. */
final class Scene implements AutoCloseable {
    private final LiveNode node;
    private final TextConnection client;
    private final List<TextConnection> others = new ArrayList<>();

    Scene(Map<Setting, String> settings) throws IOException {
        node = LiveNode.start(settings);
        client = node.connect();
        if (settings.containsKey(Setting.AUTH_FILE)) {
            client.set("auth", 0, "me secret");
        }
    }

    TextConnection client() {
        return client;
    }

    MovableClock clock() {
        return node.clock();
    }

    TextConnection another() throws IOException {
        var other = node.connect();
        others.add(other);
        return other;
    }

    SequencedMap<String, String> stats() throws IOException {
        return client.stats("");
    }

    /** Asks until the field has another value than {@code before}. */
    void awaitChange(String field, String before) throws Exception {
        Patience.until(() -> !before.equals(stats().get(field)), () -> field + " stays " + before);
    }

    void fill(int items, int valueBytes, int exptime) throws IOException {
        var value = "v".repeat(valueBytes);
        for (int i = 0; i < items; i++) {
            client.send("set filler" + i + " 0 " + exptime + " " + valueBytes + " noreply\r\n"
                    + value + "\r\n");
        }
        client.ask("version");
    }

    @Override
    public void close() throws IOException {
        for (var other : others) {
            other.close();
        }
        client.close();
        node.close();
    }
}
