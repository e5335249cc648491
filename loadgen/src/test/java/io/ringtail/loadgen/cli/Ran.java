package io.ringtail.loadgen.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What a command line said and returned. */
record Ran(int exitCode, String out, String err) {
    static Ran command(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exitCode;
        try (var outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
                var errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            var root = new CommandLine(CommandSpec.create().name("ringtail"));
            Commands.addTo(root, new Console(outStream, errStream));
            root.setOverwrittenOptionsAllowed(true);
            root.setOut(new PrintWriter(outStream, true));
            root.setErr(new PrintWriter(errStream, true));
            root.setParameterExceptionHandler((e, typed) -> {
                errStream.println(e.getMessage());
                return 64;
            });
            exitCode = root.execute(arguments);
        }
        return new Ran(exitCode, out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }
}
