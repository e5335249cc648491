package io.ringtail.deployment;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards and compose.yaml against the schemas that are published for them. */
final class DashboardsIT {
    private static final Path REPOSITORY = Path.of("..");
    private static final int TRIES = 3;

    @TempDir private static Path folder;
    private static Path dashboards;

    /** A copy, so that the sources stay as they are; package servers fail now and then. */
    @BeforeAll
    static void install() throws Exception {
        dashboards = Files.createDirectory(folder.resolve("dashboards"));
        copyFiles(REPOSITORY.resolve("dashboards"), dashboards);
        Files.copy(REPOSITORY.resolve("compose.yaml"), folder.resolve("compose.yaml"));
        Execution installed = null;
        for (int i = 0; i < TRIES && (installed == null || installed.exitCode() != 0); i++) {
            installed = Execution.of(dashboards, "npm", "ci", "--ignore-scripts", "--no-audit",
                    "--no-fund");
        }
        installed.succeeded();
    }

    @AfterEach
    void mend() throws IOException {
        copyFiles(REPOSITORY.resolve("dashboards"), dashboards);
    }

    @Test
    void areCurrentAndOfGrafanasTypes() throws Exception {
        run("check").succeeded();
    }

    @Test
    void checkFindsWhatIsNotCurrentAndWhatGrafanaDoesNotKnow() throws Exception {
        spoil("client", "\"drawStyle\": \"line\"", "\"drawStyle\": \"curve\"");
        spoil("node", "\"refresh\": \"5s\"", "\"refreshes\": \"5s\"");
        run("check").failedWith("not current: node.json, client.json");
        var types =
                Execution.of(dashboards, "node", "node_modules/typescript/bin/tsc", "-p", "build");
        types.failedWith("'\"curve\"' is not assignable");
        types.failedWith("'\"refreshes\"' does not exist");
    }

    @Test
    void composeFileIsOfTheSpecification() throws Exception {
        run("check-compose").succeeded();
        var wrong = folder.resolve("wrong.yaml");
        Files.writeString(wrong,
                Files.readString(folder.resolve("compose.yaml"))
                        .replace("restart: on-failure", "restarts: on-failure")
                        .replace("interval: 10s", "interval: 10"));
        var checked = Execution.of(dashboards, "node", "compose.mjs", wrong.toString());
        checked.failedWith("/services/loadgen must NOT have additional properties");
        checked.failedWith("/services/grafana/healthcheck/interval must be string");
    }

    private static void spoil(String board, String right, String wrong) throws IOException {
        var file = dashboards.resolve(board + ".json");
        Files.writeString(file, Files.readString(file).replaceFirst(right, wrong));
    }

    private static Execution run(String script) throws IOException, InterruptedException {
        return Execution.of(dashboards, "npm", "run", script);
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        try (var files = Files.list(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), REPLACE_EXISTING);
            }
        }
    }
}
