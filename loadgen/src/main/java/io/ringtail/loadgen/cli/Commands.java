package io.ringtail.loadgen.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The commands of this module. */
public final class Commands {
    private Commands() {}

    public static void addTo(CommandLine root, Console console) {
        var load = new CommandLine(new LoadCommand(console));
        add(load, new CommandLine(new MissesCommand(console)));
        add(root, load);
    }

    private static void add(CommandLine root, CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("print this help and exit")
                        .build());
        root.addSubcommand(command);
    }
}
