package io.ringtail.server.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * -d without fork, which a virtual machine does not survive: the process starts itself once more,
 * in a session of its own, passes on what it says, and ends when the other has let go of the
 * terminal or has failed.
 */
final class Background {
    private static final String MARK = "RINGTAIL_DETACHED";
    private static final int READY = 0;
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private Background() {}

    /** Whether this is the second process. */
    static boolean isDetached(Map<String, String> environment) {
        return environment.containsKey(MARK);
    }

    /** In the first process: starts the second, and returns the exit code for the first. */
    static int start(PrintStream out) throws UnavailableException {
        try {
            var builder = new ProcessBuilder(commandLine());
            builder.environment().put(MARK, Long.toString(ProcessHandle.current().pid()));
            builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
            builder.redirectError(Redirect.INHERIT);
            return await(builder.start(), out);
        } catch (IOException e) {
            throw new UnavailableException("-d: cannot start in the background: " + e.getMessage());
        } catch (InterruptedException e) {
            throw new UnavailableException("-d: interrupted while starting in the background");
        }
    }

    private static int await(Process process, PrintStream out)
            throws IOException, InterruptedException {
        var said = process.getInputStream();
        boolean ready = false;
        for (int next = said.read(); next >= 0; next = said.read()) {
            if (next == READY) {
                ready = true;
            } else {
                out.write(next);
            }
        }
        out.flush();
        return ready ? ExitCode.OK : process.waitFor();
    }

    /** In the second process, early: leaves the terminal, so that closing it does not end both. */
    static void detach() {
        try (var posix = new Posix()) {
            posix.newSession();
        }
    }

    /** In the second process: lets the first end, and goes silent unless errors are wanted. */
    static void ready(PrintStream out, boolean keepErrors) throws UnavailableException {
        out.write(READY);
        out.flush();
        try (var posix = new Posix()) {
            posix.detachOutput(keepErrors);
        }
    }

    /** The command that started this process: on Linux from a file, where it is never cut off. */
    private static List<String> commandLine() throws IOException {
        var info = ProcessHandle.current().info();
        var command = new ArrayList<String>();
        command.add(
                info.command().orElseThrow(() -> new IOException("the java command is unknown")));
        if (Files.isReadable(COMMAND_LINE)) {
            var text = new String(Files.readAllBytes(COMMAND_LINE), StandardCharsets.UTF_8);
            var words = text.split("\0", -1);
            command.addAll(Arrays.asList(words).subList(1, words.length - 1));
        } else {
            command.addAll(List.of(info.arguments()
                    .orElseThrow(
                            () -> new IOException("the java command's arguments are unknown"))));
        }
        return command;
    }
}
