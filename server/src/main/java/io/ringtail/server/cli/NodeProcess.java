package io.ringtail.server.cli;

import io.ringtail.server.config.Form;
import io.ringtail.server.config.ListenAddress;
import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.config.SidePort;
import io.ringtail.server.config.Surroundings;
import io.ringtail.server.logging.Loggers;
import io.ringtail.server.node.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One node as a process of its own: what the operating system is asked for, signals, files. */
final class NodeProcess {
    private final Form form;
    private final NodeConfig config;
    private final Surroundings surroundings;
    private final Terminal terminal;
    private final boolean detached;

    NodeProcess(Form form, NodeConfig config, Surroundings surroundings, Terminal terminal) {
        this.form = form;
        this.config = config;
        this.surroundings = surroundings;
        this.terminal = terminal;
        this.detached =
                config.process().daemon() && Background.isDetached(surroundings.environment());
    }

    /** Returns the exit code when the node has ended. */
    int run() throws UnavailableException, InterruptedException {
        if (config.process().daemon() && !detached) {
            return Background.start(terminal.out());
        }
        if (detached) {
            Background.detach();
        }
        Loggers.verbosity(config.verbosity());
        var privileges = Privileges.of(config, surroundings.isRoot());
        ProcessLimits.apply(config, terminal::complain);
        try (var node = start(); var pidFile = pidFile()) {
            Signals.install(node, this::say);
            writePorts(node);
            privileges.drop(config.listening().unixSocket(),
                    pidFile == null ? null : config.process().pidFile());
            announce(node);
            node.awaitTermination();
        }
        return ExitCode.OK;
    }

    private Node start() throws UnavailableException {
        try {
            return Node.start(config);
        } catch (IOException e) {
            throw new UnavailableException(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable PidFile pidFile() throws UnavailableException {
        var path = config.process().pidFile();
        return path == null ? null : PidFile.write(path);
    }

    private void writePorts(Node node) throws UnavailableException {
        var portFile = config.listening().portFile();
        if (portFile != null) {
            PortFile.write(portFile, node);
        }
    }

    private void announce(Node node) throws UnavailableException {
        if (form == Form.SERVE) {
            terminal.out()
                    .println("ringtail " + Versions.RINGTAIL + " listens on "
                            + String.join(", ", sockets(node)) + " ("
                            + config.memory().limitBytes() / (1 << 20) + " MB)");
        }
        announce("http", "/", config.sidePorts().http(), node.httpPort());
        announce("metrics", "/metrics", config.sidePorts().metrics(), node.metricsPort());
        if (detached) {
            Background.ready(terminal.out(), config.verbosity() > 0);
        }
    }

    private void announce(String what, String path, @Nullable SidePort wanted,
            @Nullable Integer bound) {
        if (wanted == null || bound == null) {
            return;
        }
        if (wanted.port() != 0 && wanted.port() != bound) {
            terminal.complain("port " + wanted.port() + " is taken: " + what + " on port " + bound
                    + " (--" + what + " HOST:PORT, or --" + what + " off)");
        }
        if (form == Form.SERVE) {
            terminal.out().println("  " + what + ": http://" + wanted.withPort(bound) + path);
        }
    }

    private List<String> sockets(Node node) {
        var sockets = new ArrayList<String>();
        sockets.addAll(bound(config.listening().tcp(), node.tcpPorts(), ""));
        sockets.addAll(bound(config.listening().udp(), node.udpPorts(), "/udp"));
        var unixSocket = config.listening().unixSocket();
        if (unixSocket != null) {
            sockets.add(unixSocket.toString());
        }
        return sockets;
    }

    private static List<String> bound(List<ListenAddress> addresses, List<Integer> ports,
            String suffix) {
        var shown = new ArrayList<String>();
        for (int i = 0; i < addresses.size(); i++) {
            shown.add(addresses.get(i).withPort(ports.get(i)) + suffix);
        }
        return shown;
    }

    private void say(String message) {
        if (config.verbosity() > 0) {
            terminal.say(message);
        }
    }
}
