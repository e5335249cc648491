package io.ringtail.server.cli;

import io.ringtail.loadgen.cli.Commands;
import io.ringtail.loadgen.cli.Console;
import io.ringtail.server.config.Form;
import io.ringtail.server.config.InvalidSettingException;
import io.ringtail.server.config.Surroundings;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The entry of the process. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var terminal = new Terminal(System.out, System.err);
        System.exit(run(arguments, Machine.surroundings(), terminal));
    }

    /** Runs a command to its end; returns the exit code. */
    static int run(String[] arguments, Surroundings surroundings, Terminal terminal) {
        var root = new CommandLine(root(surroundings, terminal));
        if (!startsNode(arguments)) {
            Commands.addTo(root, new Console(terminal.out(), terminal.err()));
        }
        var line = configured(root);
        // picocli trips over empty values where options may be abbreviated, as getopt has them.
        line.setAbbreviatedOptionsAllowed(startsNode(arguments));
        line.setOut(new PrintWriter(terminal.out(), true));
        line.setErr(new PrintWriter(terminal.err(), true));
        line.setParameterExceptionHandler((e, typed) -> misused(e, terminal));
        line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, terminal));
        return line.execute(arguments);
    }

    /** A node starts without looking at the commands that it does not need. */
    private static boolean startsNode(String[] arguments) {
        return arguments.length > 0
                && (arguments[0].equals("serve") || arguments[0].equals("memcached"));
    }

    /** Reads arguments as getopt does. */
    static CommandLine configured(CommandLine line) {
        line.setExpandAtFiles(false);
        line.setInterpolateVariables(false);
        line.setAbbreviatedOptionsAllowed(true);
        line.setAllowOptionsAsOptionParameters(true);
        return line;
    }

    private static CommandSpec root(Surroundings surroundings, Terminal terminal) {
        var root = CommandSpec.create().name("ringtail");
        root.usageMessage().description("A memcached that clusters itself.");
        root.version(Versions.line(Form.SERVE));
        root.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("print this help and exit")
                .build());
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("print the version and exit")
                .build());
        for (var form : Form.values()) {
            var command = new NodeCommand(form, surroundings, terminal).spec();
            root.addSubcommand(command.name(), command);
        }
        return root;
    }

    private static int misused(ParameterException e, Terminal terminal) {
        terminal.complain(e.getMessage());
        terminal.err()
                .println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName()
                        + " --help'.");
        return ExitCode.USAGE;
    }

    private static int failed(Exception e, Terminal terminal) {
        return switch (e) {
            case InvalidSettingException mistake -> {
                terminal.complain(mistake.getMessage());
                yield ExitCode.USAGE;
            }
            case UnavailableException absence -> {
                terminal.complain(absence.getMessage());
                yield ExitCode.UNAVAILABLE;
            }
            default -> {
                terminal.complain("this is a bug in Ringtail " + Versions.RINGTAIL + ": " + e);
                LoggerFactory.getLogger(Main.class).error("the command failed", e);
                yield ExitCode.BUG;
            }
        };
    }
}
