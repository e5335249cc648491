package io.ringtail.server.cli;

import io.ringtail.server.node.Node;
import java.util.function.Consumer;
import sun.misc.Signal;

/** Signals as memcached takes them: TERM and INT stop, USR1 stops too, HUP reads files again. */
final class Signals {
    private Signals() {}

    /** Ready-made before the node takes connections; {@code said} hears what happens. */
    static void install(Node node, Consumer<String> said) {
        handle("TERM", () -> stop(node, "Exiting normally", said));
        handle("INT", () -> stop(node, "Exiting normally", said));
        handle("USR1", () -> stop(node, "Gracefully stopping", said));
        handle("HUP", node::reload);
    }

    private static void stop(Node node, String message, Consumer<String> said) {
        said.accept(message);
        node.stop();
    }

    private static void handle(String name, Runnable action) {
        try {
            Signal.handle(new Signal(name), signal -> action.run());
        } catch (IllegalArgumentException e) {
            // The virtual machine keeps this signal for itself (-Xrs): its default holds.
        }
    }
}
