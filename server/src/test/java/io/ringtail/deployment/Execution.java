package io.ringtail.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.server.wire.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a program of this machine said, and how it ended. */
record Execution(int exitCode, String output) {
    static Execution of(Path folder, String program, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Programs.find(program).toString()));
        command.addAll(List.of(arguments));
        var output = Files.createTempFile("execution", ".log");
        try {
            var builder = new ProcessBuilder(command).directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            return new Execution(builder.start().waitFor(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    Execution succeeded() {
        assertEquals(0, exitCode, output);
        return this;
    }

    void failedWith(String text) {
        assertNotEquals(0, exitCode, output);
        assertTrue(output.contains(text), output);
    }
}
