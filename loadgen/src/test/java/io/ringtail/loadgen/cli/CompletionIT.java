package io.ringtail.loadgen.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion scripts, in the shells that they are for. */
final class CompletionIT {
    private static final long SECONDS = 60;
    /** What bash does with the words of a line when somebody presses TAB in the last. */
    private static final String BASH = "source $1; COMP_WORDS=($2); COMP_CWORD=$((${#COMP_WORDS[@]}"
            + " - 1)); _complete_ringtail 2>/dev/null; echo ${COMPREPLY[*]}";

    @TempDir private Path folder;

    @Test
    void completesInBash() throws Exception {
        var script = script("bash").toString();
        assertEquals("get", output("bash", "--norc", "-c", BASH, "bash", script, "ringtail ge"));
        assertEquals("--workload",
                output("bash", "--norc", "-c", BASH, "bash", script, "ringtail loadgen --work"));
    }

    @Test
    void completesInZsh() throws Exception {
        var script = script("zsh").toString();
        var typing = folder.resolve("complete.zsh");
        try (var resource = CompletionIT.class.getResourceAsStream("/complete.zsh")) {
            Files.copy(Objects.requireNonNull(resource), typing);
        }
        assertEquals("ringtail get", output("zsh", "-f", typing.toString(), script, "ringtail ge"));
        assertEquals("ringtail loadgen --workload",
                output("zsh", "-f", typing.toString(), script, "ringtail loadgen --work"));
    }

    private Path script(String shell) throws IOException {
        return Files.writeString(folder.resolve("completion"),
                Ran.command("completion", shell).out());
    }

    private String output(String... command) throws Exception {
        var out = folder.resolve("out").toFile();
        var process = new ProcessBuilder(List.of(command)).redirectErrorStream(true)
                .redirectOutput(out)
                .start();
        try {
            assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS),
                    "still running: " + Files.readString(out.toPath()));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return Files.readString(out.toPath()).strip();
    }
}
