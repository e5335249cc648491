package io.ringtail.loadgen.cli;

import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ringtail completion SHELL} */
@Command(name = "completion",
        description = "Prints a script that lets the shell complete"
                + " commands and options: source <(ringtail completion bash)",
        synopsisHeading = "Usage: ")
final class CompletionCommand extends ConsoleCommand {
    /** The shells that the one script is for. */
    enum Shell {
        bash, zsh
    }

    // @formatter:off
    @Parameters(paramLabel = "bash|zsh", description = "the shell")
    private Shell shell = Shell.bash;
    // @formatter:on

    @Spec private @Nullable CommandSpec spec;

    CompletionCommand(Console console) {
        super(console);
    }

    /** The script finds out itself whether it runs in zsh, which has to load something first. */
    @Override
    int run() throws CommandFailure {
        if (spec == null) {
            throw CommandFailure.usage("no command line for " + shell);
        }
        console().out().println(AutoComplete.bash("ringtail", spec.root().commandLine()));
        console().out().flush();
        return 0;
    }
}
