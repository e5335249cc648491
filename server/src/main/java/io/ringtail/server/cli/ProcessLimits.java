package io.ringtail.server.cli;

import io.ringtail.server.cli.Posix.Limit;
import io.ringtail.server.config.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Raises what the operating system allows the process to what the settings ask for. */
final class ProcessLimits {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern OPEN_FILES = Pattern.compile("Max open files +(\\S+).*");
    /** Listeners, pipes of the event loops, files: beside the connections. */
    private static final int FILES_BESIDE_CONNECTIONS = 64;
    private static final int FILES_FOR_EACH_LOOP = 8;

    private ProcessLimits() {}

    static void apply(NodeConfig config, Consumer<String> warnings) throws UnavailableException {
        int connections = config.limits().connections();
        long wanted = connections + FILES_BESIDE_CONNECTIONS
                + (long) FILES_FOR_EACH_LOOP * config.threads();
        boolean filesSuffice = currentFiles() >= wanted;
        if (filesSuffice && !config.process().coreDumps() && !config.memory().lockPages()) {
            return;
        }
        try (var posix = new Posix()) {
            if (!filesSuffice) {
                raiseFiles(posix, connections, wanted);
            }
            if (config.process().coreDumps()) {
                raiseCores(posix);
            }
            if (config.memory().lockPages()) {
                lockMemory(posix, warnings);
            }
        }
    }

    /** Read from a file where there is one: linking to the C library costs tens of milliseconds. */
    private static long currentFiles() {
        try {
            return Files.readAllLines(LIMITS)
                    .stream()
                    .map(OPEN_FILES::matcher)
                    .filter(it -> it.matches())
                    .mapToLong(it -> it.group(1).equals("unlimited") ? Long.MAX_VALUE
                            : Long.parseLong(it.group(1)))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** As many as there are connections is the least: memcached asks for no more either. */
    private static void raiseFiles(Posix posix, int connections, long wanted)
            throws UnavailableException {
        var limit = posix.limit(Posix.LIMIT_OF_FILES);
        if (limit.allows(wanted)) {
            return;
        }
        if (limit.mayBecome(wanted)) {
            posix.limit(Posix.LIMIT_OF_FILES, new Limit(wanted, limit.hard()), complaint(wanted));
            return;
        }
        try {
            posix.limit(Posix.LIMIT_OF_FILES, new Limit(wanted, wanted), complaint(wanted));
        } catch (UnavailableException e) {
            if (!limit.mayBecome(connections)) {
                throw e;
            }
            posix.limit(Posix.LIMIT_OF_FILES, new Limit(limit.hard(), limit.hard()),
                    complaint(wanted));
        }
    }

    private static String complaint(long files) {
        return "-c: cannot have " + files + " open files; start as root, raise the limit "
                + "(ulimit -n) or ask for fewer connections";
    }

    private static void raiseCores(Posix posix) throws UnavailableException {
        var complaint = "-r: cannot raise the core file limit";
        var limit = posix.limit(Posix.LIMIT_OF_CORES);
        for (var raised : List.of(new Limit(Posix.UNLIMITED, Posix.UNLIMITED),
                new Limit(limit.hard(), limit.hard()))) {
            try {
                posix.limit(Posix.LIMIT_OF_CORES, raised, complaint);
                return;
            } catch (UnavailableException e) {
                if (limit.hard() == 0) {
                    throw e;
                }
            }
        }
    }

    private static void lockMemory(Posix posix, Consumer<String> warnings) {
        try {
            posix.lockMemory();
        } catch (UnavailableException e) {
            warnings.accept(e.getMessage());
        }
    }
}
