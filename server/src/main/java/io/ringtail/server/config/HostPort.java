package io.ringtail.server.config;

import org.jspecify.annotations.Nullable;

/** {@code HOST} or {@code HOST:PORT}; an IPv6 address stands in brackets before a port. */
record HostPort(String host, int port) {
    static HostPort parse(String text, int defaultPort) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0) {
                throw new InvalidSettingException("']' is missing in '" + text + "'");
            }
            var rest = text.substring(end + 1);
            if (!rest.isEmpty() && !rest.startsWith(":")) {
                throw new InvalidSettingException("not an address: '" + text + "'");
            }
            return of(text, text.substring(1, end), rest.isEmpty() ? null : rest.substring(1),
                    defaultPort);
        }
        int colon = text.indexOf(':');
        if (colon < 0 || text.indexOf(':', colon + 1) >= 0) {
            return of(text, text, null, defaultPort);
        }
        return of(text, text.substring(0, colon), text.substring(colon + 1), defaultPort);
    }

    private static HostPort of(String text, String host, @Nullable String port, int defaultPort) {
        if (host.isEmpty() || host.chars().anyMatch(c -> c <= ' ' || c == '/' || c == '[')) {
            throw new InvalidSettingException("not an address: '" + text + "'");
        }
        return new HostPort(host,
                port == null ? defaultPort : Quantity.integer(port, Bounds.ADDRESS_PORT));
    }

    boolean isLoopback() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    boolean isNumeric() {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
