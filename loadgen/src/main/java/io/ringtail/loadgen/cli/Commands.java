package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.preset.Preset;
import io.ringtail.loadgen.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The commands of this module. */
public final class Commands {
    private Commands() {}

    public static void addTo(CommandLine root, Console console) {
        var load = add(root, new LoadCommand(console));
        load.getCommandSpec().usageMessage().footer(workloads());
        add(load, new CompareCommand(console));
        add(load, new MissesCommand(console));
        add(root, new GetCommand(console));
        add(root, new SetCommand(console));
        add(root, new DeleteCommand(console));
        add(root, new TouchCommand(console));
        add(root, new IncrCommand(console));
        add(root, new StatsCommand(console));
        add(root, new TopCommand(console));
        add(root, new WatchCommand(console));
        add(root, new DumpCommand(console));
        add(root, new CompletionCommand(console));
    }

    private static CommandLine add(CommandLine root, ConsoleCommand command) {
        var line = new CommandLine(command);
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("print this help and exit")
                        .build());
        root.addSubcommand(line);
        return line;
    }

    private static String[] workloads() {
        var lines = new ArrayList<>(List.of("", "Workloads:"));
        for (var preset : Preset.values()) {
            lines.add(String.format("  %-14s%s", preset.text(), preset.description()));
        }
        lines.add(String.format("  %-14s%s", WorkloadChoice.REPLAY,
                "what --trace FILE says: CSV of timestamp, key, key size,"));
        lines.add(" ".repeat(16) + "value size, client, operation, TTL");
        for (var shape : Workloads.all()) {
            lines.add("  " + WorkloadChoice.SYNTHETIC + shape.name());
        }
        return lines.toArray(String[]::new);
    }
}
