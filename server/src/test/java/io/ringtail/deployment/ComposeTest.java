package io.ringtail.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ringtail.deployment.ComposeFile.Mount;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every port, path and name in compose.yaml and the files it mounts is one that exists. */
final class ComposeTest {
    private static final Path REPOSITORY = Path.of("..");

    private ComposeFile compose;
    private Dockerfile dockerfile;

    @BeforeEach
    void read() throws IOException {
        compose = ComposeFile.read(REPOSITORY);
        dockerfile = Dockerfile.read(REPOSITORY.resolve("docker/Dockerfile"));
    }

    @Test
    void everyServiceHasLimitsARestartPolicyAndAHealthCheck() {
        assertEquals(Set.of("ringtail", "loadgen", "prometheus", "grafana"), compose.services());
        for (var name : compose.services()) {
            var service = compose.service(name);
            assertNotNull(service.get("restart"), name);
            var limits =
                    YamlFile.map(YamlFile.map(YamlFile.map(service.get("deploy")).get("resources"))
                            .get("limits"));
            assertEquals(Set.of("cpus", "memory"), limits.keySet(), name);
            assertTrue(service.containsKey("healthcheck") || usesOurImage(service), name);
        }
        assertEquals(List.of("load"), compose.service("loadgen").get("profiles"));
    }

    @Test
    void isBuiltFromTheDockerfile() throws IOException {
        for (var name : List.of("ringtail", "loadgen")) {
            var build = YamlFile.map(compose.service(name).get("build"));
            assertTrue(Files.isSameFile(REPOSITORY.resolve("docker/Dockerfile"),
                    REPOSITORY.resolve(build.get("context").toString())
                            .resolve(build.get("dockerfile").toString())));
            assertTrue(usesOurImage(compose.service(name)));
        }
    }

    @Test
    void publishesOnLoopbackWhatTheReadmeLists() throws IOException {
        for (var name : compose.services()) {
            compose.published(name).forEach(it -> assertEquals("127.0.0.1", it.address(), name));
        }
        var readme = Files.readString(REPOSITORY.resolve("README.md"));
        var listed = readme.lines()
                .filter(line -> line.matches("\\| \\d+ \\|.*"))
                .map(line -> Integer.valueOf(line.split("[ |]+")[1]))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(compose.hostPorts(), listed);
        assertTrue(readme.contains("admin/admin"));
        var grafana = YamlFile.map(compose.service("grafana").get("environment"));
        assertEquals("admin", grafana.get("GF_SECURITY_ADMIN_USER"));
        assertEquals("admin", grafana.get("GF_SECURITY_ADMIN_PASSWORD"));
    }

    @Test
    void portsOfTheNodeAreThoseOfItsCommand() {
        var published = compose.published("ringtail").stream().map(it -> it.port()).toList();
        assertEquals(dockerfile.ports(), published);
        assertEquals(published, List.of(11211, port(compose.flag("ringtail", "--http")),
                port(compose.flag("ringtail", "--metrics"))));
        var check = URI.create(dockerfile.healthCheck().getLast());
        assertEquals(port(compose.flag("ringtail", "--http")), check.getPort());
        assertEquals("/health", check.getPath());
    }

    @Test
    void loadGoesToTheNode() {
        assertEquals("ringtail:11211", compose.flag("loadgen", "--servers"));
        int metrics = port(compose.flag("loadgen", "--metrics"));
        assertEquals(metrics, compose.published("loadgen").getFirst().port());
        assertEquals(metrics, URI.create(compose.healthCheck("loadgen").getLast()).getPort());
    }

    @Test
    void healthChecksNameTheProgramsOfTheImage() throws ClassNotFoundException {
        var ours = dockerfile.healthCheck();
        assertEquals(ours.subList(0, ours.size() - 1),
                compose.healthCheck("loadgen").subList(1, ours.size()));
        assertEquals(dockerfile.last("ENTRYPOINT").json().subList(0, 2), ours.subList(0, 2));
        assertNotNull(Class.forName(ours.get(ours.size() - 2)));
    }

    @Test
    void everyMountIsThere() {
        for (var name : compose.services()) {
            for (var mount : compose.mounts(name)) {
                if (mount.isOfHost()) {
                    assertTrue(Files.exists(REPOSITORY.resolve(mount.source())), mount::toString);
                } else {
                    assertTrue(YamlFile.map(compose.content().get("volumes"))
                            .containsKey(mount.source()), mount::toString);
                }
            }
        }
    }

    @Test
    void prometheusFindsItsFilesAndTargets() throws IOException {
        var path = compose.command("prometheus")
                .stream()
                .filter(it -> it.startsWith("--config.file="))
                .map(it -> it.substring(it.indexOf('=') + 1))
                .findFirst()
                .orElseThrow();
        var config = YamlFile.map(compose.mounted("prometheus", path));
        for (var rules : YamlFile.strings(config.get("rule_files"))) {
            var inContainer = Path.of(path).resolveSibling(rules).toString();
            assertTrue(Files.exists(compose.mounted("prometheus", inContainer)), rules);
        }
        assertEquals(Set.of("ringtail:" + port(compose.flag("ringtail", "--metrics")),
                "loadgen:" + port(compose.flag("loadgen", "--metrics"))), targets(config));
        assertEquals("5s", YamlFile.map(config.get("global")).get("scrape_interval"));
    }

    @Test
    void grafanaFindsPrometheusAndTheDashboards() throws IOException {
        var provisioning = "/etc/grafana/provisioning/";
        var source = YamlFile.map(YamlFile.list(YamlFile
                .map(compose.mounted("grafana", provisioning + "datasources/prometheus.yaml"))
                .get("datasources")).getFirst());
        var url = URI.create(source.get("url").toString());
        assertTrue(compose.services().contains(url.getHost()));
        assertEquals(compose.published("prometheus").getFirst().port(), url.getPort());

        var provider = YamlFile.map(YamlFile.list(
                YamlFile.map(compose.mounted("grafana", provisioning + "dashboards/ringtail.yaml"))
                        .get("providers"))
                .getFirst());
        var path = YamlFile.map(provider.get("options")).get("path").toString();
        var targets = compose.mounts("grafana").stream().map(Mount::target).toList();
        for (var name : List.of("node", "client")) {
            assertTrue(targets.contains(path + "/" + name + ".json"), name);
            var text = Files.readString(REPOSITORY.resolve("dashboards/" + name + ".json"));
            assertTrue(text.contains("\"value\": \"" + source.get("uid") + "\""), name);
        }
    }

    @Test
    void dashboardsAreCheckedAgainstTheGrafanaThatShowsThem() throws IOException {
        var versions = YamlFile.map(
                YamlFile.map(REPOSITORY.resolve("dashboards/package.json")).get("devDependencies"));
        assertEquals("grafana/grafana:" + versions.get("@grafana/schema"),
                compose.service("grafana").get("image"));
    }

    private static boolean usesOurImage(Map<String, Object> service) {
        return service.get("image").equals("ringtail");
    }

    private static Set<String> targets(Map<String, Object> config) {
        return YamlFile.list(config.get("scrape_configs"))
                .stream()
                .flatMap(job -> YamlFile.list(YamlFile.map(job).get("static_configs")).stream())
                .flatMap(it -> YamlFile.strings(YamlFile.map(it).get("targets")).stream())
                .collect(Collectors.toSet());
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }
}
