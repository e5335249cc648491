package io.ringtail.server.stats;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Settings that commands changed since the node started, by their name in {@code stats settings}.
 * Most of them tune what only memcached has and are kept for that report alone. Thread-safe.
 */
public final class RuntimeSettings {
    private final Map<String, String> changed = new ConcurrentHashMap<>();
    private volatile boolean crawlerEnabled;

    public RuntimeSettings(boolean crawlerEnabled) {
        crawlerEnabled(crawlerEnabled);
    }

    public void set(String name, String value) {
        changed.put(name, value);
    }

    public void set(String name, long value) {
        set(name, Long.toString(value));
    }

    public void set(String name, boolean value) {
        set(name, value ? "yes" : "no");
    }

    /** The value that a command set, or {@code started}. */
    String valueOf(String name, String started) {
        return changed.getOrDefault(name, started);
    }

    /** Whether {@code lru_crawler} walks and dumps are allowed. */
    public boolean crawlerEnabled() {
        return crawlerEnabled;
    }

    public void crawlerEnabled(boolean enabled) {
        crawlerEnabled = enabled;
        set("lru_crawler", enabled);
    }
}
