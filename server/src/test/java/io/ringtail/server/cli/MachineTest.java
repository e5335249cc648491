package io.ringtail.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachineTest {
    @TempDir private Path root;

    @Test
    void memoryIsUnknownWithoutProc() {
        assertEquals(0, new Machine(root).memoryBytes());
    }

    @Test
    void memoryIsTheMachines() throws IOException {
        write("proc/meminfo", "MemTotal:        2048 kB\nMemFree: 5 kB\n");
        write("proc/self/cgroup", "0::/a/b\n");
        write("sys/fs/cgroup/a/b/memory.max", "max\n");
        assertEquals(2048 << 10, new Machine(root).memoryBytes());
    }

    @Test
    void memoryIsTheSmallestLimitOfTheGroups() throws IOException {
        write("proc/meminfo", "MemTotal:        2048 kB\n");
        write("proc/self/cgroup", "0::/a/b\n");
        write("sys/fs/cgroup/a/b/memory.max", "90000\n");
        write("sys/fs/cgroup/a/memory.max", "80000\n");
        assertEquals(80000, new Machine(root).memoryBytes());
    }

    @Test
    void readsTheFirstVersionOfControlGroupsToo() throws IOException {
        write("proc/meminfo", "MemTotal:        2048 kB\n");
        write("proc/self/cgroup", "3:cpu:/x\n2:memory:/docker/abc\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "70000\n");
        assertEquals(70000, new Machine(root).memoryBytes());
    }

    private void write(String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
