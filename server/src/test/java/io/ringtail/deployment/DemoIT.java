package io.ringtail.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a process of its own: what its Prometheus knows, and how it ends. */
final class DemoIT {
    private static final Path DASHBOARDS = Path.of("..", "dashboards");
    private static final int PATIENCE_SECONDS = 90;

    @TempDir private static Path folder;

    /** As in an archive: the launcher beside a jar. */
    @BeforeAll
    static void unpack() throws IOException {
        Files.copy(Path.of("../ringtail"), folder.resolve("ringtail"),
                StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(Path.of("target/ringtail.jar"), folder.resolve("ringtail.jar"));
        Files.createDirectory(folder.resolve("dashboards"));
        Files.copy(DASHBOARDS.resolve("alerts.yaml"), folder.resolve("dashboards/alerts.yaml"));
    }

    /** Prometheus scrapes every five seconds, and a rate needs two scrapes. */
    @Test
    void everyPanelHasDataAndCtrlCLeavesNothingBehind() throws Exception {
        try (var demo = Demo.start(folder);
                var client = new PrometheusClient(demo.port("--prometheus"))) {
            assertEquals(1, demo.descendants("prometheus").size());
            assertEquals(2, demo.descendants("java").size());
            for (int port : demo.ports()) {
                assertTrue(demo.output().contains("127.0.0.1:" + port), demo.output());
            }
            assertTrue(demo.survivors().size() >= 4, () -> demo.survivors().toString());
            var health = URI.create("http://127.0.0.1:" + demo.port("--http") + "/health").toURL();
            assertEquals(200, ((HttpURLConnection) health.openConnection()).getResponseCode());
            assertEquals(List.of(), withoutData(demo, client));
            assertTrue(client.get("/api/v1/rules").contains("RingtailBreakerOpen"));
            assertEquals(List.of(), client.values("ALERTS{alertstate=\"firing\"}"));
            endsBySignal(demo, "INT", 130);
            assertTrue(demo.output().contains("operations in"), demo.output());
        }
    }

    @Test
    void endsOnSigtermAsWell() throws Exception {
        try (var demo = Demo.start(folder)) {
            endsBySignal(demo, "TERM", 143);
        }
    }

    @Test
    void endsWithTheFirstOfItsProcessesThatDies() throws Exception {
        try (var demo = Demo.start(folder)) {
            demo.descendants("prometheus").getFirst().destroyForcibly();
            assertEquals(137, demo.exitCode());
            assertTrue(demo.output().contains("Prometheus ended with exit code 137"),
                    demo.output());
            leavesNothingBehind(demo);
        }
    }

    @Test
    void saysWhatIsWrongWithItsOptions() throws Exception {
        var launcher = folder.resolve("ringtail").toString();
        Execution.of(folder, "bash", launcher, "demo", "--port", "many")
                .failedWith("--port needs a number, not 'many'");
        Execution.of(folder, "bash", launcher, "demo", "--prot", "1").failedWith("'--prot'");
        var help = Execution.of(folder, "bash", launcher, "demo", "--help").succeeded().output();
        assertTrue(help.startsWith("Usage: ringtail demo"), help);
    }

    private static void endsBySignal(Demo demo, String signal, int exitCode) throws Exception {
        demo.signal(signal);
        assertEquals(exitCode, demo.exitCode(), demo.output());
        leavesNothingBehind(demo);
    }

    private static void leavesNothingBehind(Demo demo) throws IOException {
        assertEquals(List.of(), demo.survivors());
        try (var files = Files.list(Demo.temporary(folder))) {
            assertEquals(List.of(),
                    files.filter(it -> it.getFileName().toString().startsWith("ringtail-demo"))
                            .toList());
        }
    }

    /** The queries that have no finite value even after a while. */
    private static List<PanelQuery> withoutData(Demo demo, PrometheusClient client)
            throws Exception {
        var open = new ArrayList<PanelQuery>();
        open.addAll(PanelQuery.of(DASHBOARDS.resolve("node.json")));
        open.addAll(PanelQuery.of(DASHBOARDS.resolve("client.json")));
        assertTrue(open.size() > 40, open::toString);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!open.isEmpty() && System.nanoTime() < end) {
            var answered = new ArrayList<PanelQuery>();
            for (var query : open) {
                if (client.values(query.text()).stream().anyMatch(Double::isFinite)) {
                    answered.add(query);
                }
            }
            open.removeAll(answered);
            if (!open.isEmpty()) {
                demo.runFor(Duration.ofMillis(200));
            }
        }
        return open;
    }
}
