package io.ringtail.deployment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** compose.yaml, as far as other files speak of the same things. */
record ComposeFile(Path folder, Map<String, Object> content) {
    /** {@code host address:published:port}. */
    record Published(String address, int hostPort, int port) {}

    /** {@code source:target[:ro]}; the source is a file or folder, or the name of a volume. */
    record Mount(String source, String target) {
        boolean isOfHost() {
            return source.startsWith("./");
        }
    }

    static ComposeFile read(Path folder) throws IOException {
        return new ComposeFile(folder, YamlFile.map(folder.resolve("compose.yaml")));
    }

    Set<String> services() {
        return new TreeSet<>(YamlFile.map(content.get("services")).keySet());
    }

    Map<String, Object> service(String name) {
        return YamlFile.map(YamlFile.map(content.get("services")).get(name));
    }

    List<String> command(String service) {
        return YamlFile.strings(service(service).get("command"));
    }

    /** The value after a flag of a service's command. */
    String flag(String service, String name) {
        var command = command(service);
        return command.get(command.indexOf(name) + 1);
    }

    List<String> healthCheck(String service) {
        return YamlFile.strings(YamlFile.map(service(service).get("healthcheck")).get("test"));
    }

    List<Published> published(String service) {
        return YamlFile.strings(service(service).get("ports"))
                .stream()
                .map(it -> it.split(":"))
                .map(it -> new Published(it[0], Integer.parseInt(it[1]), Integer.parseInt(it[2])))
                .toList();
    }

    List<Mount> mounts(String service) {
        var volumes = service(service).get("volumes");
        return volumes == null ? List.of()
                : YamlFile.strings(volumes)
                        .stream()
                        .map(it -> it.split(":"))
                        .map(it -> new Mount(it[0], it[1]))
                        .toList();
    }

    /** The file of the host that a service sees under a path. */
    Path mounted(String service, String path) {
        var mount = mounts(service).stream()
                .filter(it -> it.isOfHost() && Path.of(path).startsWith(it.target()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "nothing is mounted at " + path + " of " + service));
        return folder.resolve(mount.source())
                .resolve(Path.of(mount.target()).relativize(Path.of(path)));
    }

    Set<Integer> hostPorts() {
        return services().stream()
                .flatMap(it -> published(it).stream())
                .map(Published::hostPort)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
