package io.ringtail.cluster.net;

/** Host and port out of a member's name; an IPv6 address stands in brackets there. */
record PeerAddress(String host, int port) {
    static PeerAddress of(String name) {
        int colon = name.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("not HOST:PORT: " + name);
        }
        var host = name.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        return new PeerAddress(host, Integer.parseInt(name.substring(colon + 1)));
    }
}
