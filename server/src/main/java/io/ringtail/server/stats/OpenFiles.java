package io.ringtail.server.stats;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The process's file descriptors, as the operating system counts them. */
final class OpenFiles {
    private OpenFiles() {}

    /** Descriptors in use beside those of {@code connections}; 0 where nobody counts them. */
    static long beside(int connections) {
        return ManagementFactory
                .getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                        ? Math.max(0, system.getOpenFileDescriptorCount() - connections)
                        : 0;
    }
}
