package io.ringtail.server.config;

import java.util.Map;

/**
 * What the settings depend on beside themselves. {@code memoryBytes}: what the machine or the
 * container has, 0 where that is unknown.
 */
public record Surroundings(Map<String, String> environment, int processors, boolean isRoot,
        long memoryBytes) {

    /** No environment, and no limit to memory. */
    public static Surroundings none() {
        return new Surroundings(Map.of(), Runtime.getRuntime().availableProcessors(), false, 0);
    }
}
