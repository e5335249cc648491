package io.ringtail.server.wire;

import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.config.Setting;
import io.ringtail.server.node.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A Ringtail node in this process, on a free port. */
public final class NodeInProcess implements WireServer {
    private final Node node;
    private final String name;

    private NodeInProcess(Node node, String name) {
        this.node = node;
        this.name = name;
    }

    /** Starts a node with memcached's short options: {@code -I 2m -F}. */
    public static NodeInProcess start(String... options) {
        try {
            return new NodeInProcess(Node.start(config(List.of(options))),
                    "ringtail " + String.join(" ", options));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings of a node on a free port, with memcached's short options. */
    static NodeConfig config(List<String> options) {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(Setting.PORT, "-1");
        settings.put(Setting.THREADS, "2");
        for (int i = 0; i < options.size(); i++) {
            Setting setting = setting(options.get(i).charAt(1));
            boolean isSwitch = setting.kind() == Setting.Kind.SWITCH;
            settings.put(setting, isSwitch ? "yes" : options.get(i + 1));
            i += isSwitch ? 0 : 1;
        }
        return NodeConfig.of(settings);
    }

    private static Setting setting(char letter) {
        return Arrays.stream(Setting.values())
                .filter(setting -> setting.letter() == letter)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return node.tcpPorts().getFirst();
    }

    @Override
    public void close() {
        node.close();
    }
}
