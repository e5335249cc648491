package io.ringtail.server.cli;

import io.ringtail.server.config.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this machine or container gives the process. Linux says all of it in files. */
final class Machine {
    private static final long UNKNOWN = 0;

    private final Path root;

    /** Looks for proc and sys below {@code root}. */
    Machine(Path root) {
        this.root = root;
    }

    static Surroundings surroundings() {
        return new Surroundings(System.getenv(), Runtime.getRuntime().availableProcessors(),
                isRoot(), new Machine(Path.of("/")).memoryBytes());
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    /** The machine's memory, or less where a control group limits it; 0 where that is unknown. */
    long memoryBytes() {
        long machine = machineBytes();
        long group = groupBytes();
        return machine == UNKNOWN || group == UNKNOWN ? Math.max(machine, group)
                : Math.min(machine, group);
    }

    private long machineBytes() {
        for (var line : lines("proc/meminfo")) {
            if (line.startsWith("MemTotal:")) {
                return number(line.replaceAll("[^0-9]", "")) << 10;
            }
        }
        return UNKNOWN;
    }

    /** The smallest limit from this process's control group up to the root of the groups. */
    private long groupBytes() {
        long smallest = Long.MAX_VALUE;
        for (var line : lines("proc/self/cgroup")) {
            var parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                smallest = Math.min(smallest, groupBytes("sys/fs/cgroup", parts[2], "memory.max"));
            } else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
                smallest = Math.min(smallest,
                        groupBytes("sys/fs/cgroup/memory", parts[2], "memory.limit_in_bytes"));
            }
        }
        return smallest == Long.MAX_VALUE ? UNKNOWN : smallest;
    }

    /** In a container the group's path may not be visible: then its files are at the mount. */
    private long groupBytes(String mount, String group, String file) {
        long smallest = Long.MAX_VALUE;
        var path = group;
        while (true) {
            for (var line : lines(mount + path + "/" + file)) {
                long bytes = number(line.strip());
                smallest = bytes == UNKNOWN ? smallest : Math.min(smallest, bytes);
            }
            int slash = path.lastIndexOf('/');
            if (slash < 0) {
                return smallest;
            }
            path = path.substring(0, slash);
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(root.resolve(file));
        } catch (IOException e) {
            return List.of();
        }
    }
}
