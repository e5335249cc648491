package io.ringtail.loadgen.cli;

import io.ringtail.loadgen.report.HtmlReport;
import io.ringtail.loadgen.report.JsonReport;
import io.ringtail.loadgen.report.LoadReport;
import io.ringtail.loadgen.report.TextReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the report of a load goes. Filled by picocli. */
final class ReportOptions {
    private static final String TERMINAL = "-";

    // @formatter:off
    @Option(names = "--json", paramLabel = "<file>",
            description = "write the report as JSON to this file, - for the terminal")
    private @Nullable String json;

    @Option(names = "--html", paramLabel = "<file>",
            description = "write the report as one HTML page with charts")
    private @Nullable Path html;

    @Option(names = {"-q", "--quiet"}, description = "no line each second")
    private boolean quiet;
    // @formatter:on

    boolean quiet() {
        return quiet;
    }

    /** Before the load, so that its report is not lost. */
    void validate() throws CommandFailure {
        if (json != null && !json.equals(TERMINAL)) {
            checkFolder("--json", Path.of(json));
        }
        if (html != null) {
            checkFolder("--html", html);
        }
    }

    private static void checkFolder(String option, Path file) throws CommandFailure {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw CommandFailure.usage(option + ": cannot write the file " + file);
        }
    }

    void write(LoadReport report, Console console) throws IOException, CommandFailure {
        var text = TERMINAL.equals(json) ? JsonReport.of(report) + "\n" : TextReport.of(report);
        console.out().print(text);
        console.out().flush();
        if (json != null && !json.equals(TERMINAL)) {
            write("--json", Path.of(json), JsonReport.of(report) + "\n");
        }
        if (html != null) {
            write("--html", html, HtmlReport.of(report));
        }
    }

    private static void write(String option, Path file, String text) throws CommandFailure {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw CommandFailure.unavailable(
                    option + ": cannot write the file " + file + ": " + e.getMessage());
        }
    }
}
