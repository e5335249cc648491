package io.ringtail.server.config;

import io.ringtail.server.config.NodeConfig.BindingProtocol;

/**
 * One address to bind. {@code host} empty: every interface, IPv4 and IPv6. {@code port} 0: a free
 * one.
 */
public record ListenAddress(String host, int port, BindingProtocol protocol,
        Encryption encryption) {

    /** PLAIN, TLS as -Z configures it, or TLS with a client certificate demanded. */
    public enum Encryption {
        PLAIN, TLS, MUTUAL_TLS
    }

    public boolean isWildcard() {
        return host.isEmpty();
    }

    public ListenAddress withPort(int bound) {
        return new ListenAddress(host, bound, protocol, encryption);
    }

    @Override
    public String toString() {
        var shown = host.isEmpty() ? "*" : host;
        return (shown.indexOf(':') >= 0 ? "[" + shown + "]" : shown) + ":" + port;
    }
}
