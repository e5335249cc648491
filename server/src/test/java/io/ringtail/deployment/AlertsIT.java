package io.ringtail.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own tool on the alerts and the configuration. */
final class AlertsIT {
    private static final Path DASHBOARDS = Path.of("..", "dashboards");

    @TempDir private Path folder;

    @BeforeEach
    void copy() throws IOException {
        for (var name : new String[] {"alerts.yaml", "alerts-test.yaml"}) {
            Files.copy(DASHBOARDS.resolve(name), folder.resolve(name));
        }
        Files.copy(Path.of("..", "docker", "prometheus", "prometheus.yaml"),
                folder.resolve("prometheus.yaml"));
    }

    @Test
    void eachFiresOnWhatItIsForOnly() throws Exception {
        Execution.of(folder, "promtool", "test", "rules", "alerts-test.yaml").succeeded();
        var alerts = folder.resolve("alerts.yaml");
        Files.writeString(alerts, Files.readString(alerts).replace("up{job", "1 - up{job"));
        Execution.of(folder, "promtool", "test", "rules", "alerts-test.yaml")
                .failedWith("RingtailNodeDown");
    }

    @Test
    void eachIsTestedAndDescribed() throws Exception {
        var alerts = names("- alert: (\\w+)", DASHBOARDS.resolve("alerts.yaml"));
        assertEquals(alerts, names("- alertname: (\\w+)", DASHBOARDS.resolve("alerts-test.yaml")));
        assertEquals(alerts, names("\\| (Ringtail\\w+) \\|", Path.of("../docs/dashboards.md")));
    }

    @Test
    void configurationIsOneThatPrometheusTakes() throws Exception {
        Execution.of(folder, "promtool", "check", "config", "prometheus.yaml").succeeded();
    }

    private static TreeSet<String> names(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map(it -> it.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
