package io.ringtail.server.cli;

import io.ringtail.server.config.ConfigPrinter;
import io.ringtail.server.config.ConfigReader;
import io.ringtail.server.config.EnvironmentSettings;
import io.ringtail.server.config.FileSettings;
import io.ringtail.server.config.Form;
import io.ringtail.server.config.NodeConfig.LogFormat;
import io.ringtail.server.config.SettingValues;
import io.ringtail.server.config.Surroundings;
import io.ringtail.server.logging.Loggers;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ringtail serve} and {@code ringtail memcached}: starts a node and waits for its end. */
final class NodeCommand implements Callable<Integer> {
    private final Form form;
    private final Surroundings surroundings;
    private final Terminal terminal;
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final SettingOptions options;
    private final OptionSpec license = flag("print the licence and exit", "-i", "--license");
    private final OptionSpec printConfig =
            flag("print all settings and where each comes from, and exit", "--print-config");
    private final OptionSpec config = OptionSpec.builder("--config")
            .type(String.class)
            .arity("1")
            .paramLabel("<file>")
            .description("read settings from this YAML file")
            .build();

    NodeCommand(Form form, Surroundings surroundings, Terminal terminal) {
        this.form = form;
        this.surroundings = surroundings;
        this.terminal = terminal;
        this.options = SettingOptions.addTo(spec, form);
        describe();
    }

    private void describe() {
        spec.name(form == Form.SERVE ? "serve" : "memcached");
        spec.usageMessage()
                .sortOptions(false)
                .synopsisHeading("Usage: ")
                .abbreviateSynopsis(true)
                .description(form == Form.SERVE ? "Starts a node."
                        : "Starts a node in memcached's place: its flags and its defaults.");
        if (form == Form.SERVE) {
            spec.addOption(config).addOption(printConfig);
        } else {
            // memcached ignores operands.
            spec.addPositional(PositionalParamSpec.builder()
                    .type(String[].class)
                    .arity("0..*")
                    .hidden(true)
                    .build());
        }
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("print this help and exit")
                .build());
        spec.addOption(license);
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("print the version and exit")
                .build());
        spec.version(Versions.line(form));
    }

    private static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() throws Exception {
        if (license.getValue() == Boolean.TRUE) {
            terminal.out().println(Versions.LICENSE);
            return ExitCode.OK;
        }
        var values = values();
        var reading = ConfigReader.read(values, surroundings);
        if (printConfig.getValue() == Boolean.TRUE) {
            ConfigPrinter.lines(values, reading.config()).forEach(terminal.out()::println);
            return ExitCode.OK;
        }
        Loggers.json(reading.config().process().logFormat() == LogFormat.JSON);
        reading.notices().forEach(terminal::complain);
        return new NodeProcess(form, reading.config(), surroundings, terminal).run();
    }

    private SettingValues values() {
        var values = new SettingValues(form);
        @Nullable String file = config.getValue();
        if (form == Form.SERVE) {
            if (file != null) {
                FileSettings.read(Path.of(file), values);
            }
            EnvironmentSettings.read(surroundings.environment(), values);
        }
        options.read(spec.commandLine().getParseResult(), values);
        return values;
    }
}
