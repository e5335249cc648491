package io.ringtail.server.session;

import io.ringtail.server.config.NodeConfig.BindingProtocol;
import java.util.function.Supplier;

/**
 * Who is at the other end, spelled only when somebody asks, and which protocols may be spoken
 * there.
 */
public record Origin(long id, Supplier<String> name, BindingProtocol binding) {
    public String address() {
        return name.get();
    }

    /** Whether the other end is on this machine. */
    public boolean isLocal() {
        var address = address();
        return address.startsWith("tcp:127.") || address.startsWith("tcp6:[0:0:0:0:0:0:0:1]")
                || address.startsWith("unix:");
    }

    boolean isDatagram() {
        return address().startsWith("udp");
    }
}
