package io.ringtail.server.config;

import org.jspecify.annotations.Nullable;

/**
 * An address beside those of the clients. Port 0 is a free one. One that was not {@code asked} for
 * gives way where it is taken: the next free one is used.
 */
public record SidePort(String host, int port, boolean asked) {
    static final String OFF = "off";

    /** {@code HOST:PORT}, {@code :PORT} on loopback, or {@code off}: null. */
    static @Nullable SidePort parse(String text, boolean asked) {
        if (text.equals(OFF)) {
            return null;
        }
        if (text.startsWith(":")) {
            return parse("127.0.0.1" + text, asked);
        }
        var address = HostPort.parse(text, -1);
        if (address.port() < 0) {
            throw new InvalidSettingException("'" + text + "' has no port: HOST:PORT, or " + OFF);
        }
        return new SidePort(address.host().equals("*") ? "" : address.host(), address.port(),
                asked);
    }

    public SidePort withPort(int bound) {
        return new SidePort(host, bound, asked);
    }

    @Override
    public String toString() {
        return new HostPort(host.isEmpty() ? "*" : host, port).toString();
    }

    /** Whether every interface is meant. */
    public boolean isWildcard() {
        return host.isEmpty();
    }
}
