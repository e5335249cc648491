package io.ringtail.loadgen.client;

import java.net.InetSocketAddress;

/** Where a server listens, as people write it: HOST:PORT, [v6]:PORT or HOST alone. */
public record ServerAddress(String host, int port) {
    public static final int DEFAULT_PORT = 11211;
    public static final int HTTP_PORT = 8080;
    private static final int MAX_PORT = 65_535;

    /** Fails with what is wrong with the text. */
    public static ServerAddress parse(String text) {
        return parse(text, 1, DEFAULT_PORT);
    }

    /** Where a side port is: a host alone has it on 8080. */
    public static ServerAddress parseHttp(String text) {
        return parse(text, 1, HTTP_PORT);
    }

    /** Where to listen: port 0 is any that is free. */
    public static ServerAddress parseOwn(String text) {
        return parse(text, 0, DEFAULT_PORT);
    }

    private static ServerAddress parse(String text, int lowestPort, int defaultPort) {
        int colon = text.lastIndexOf(':');
        boolean bare = colon < 0 || text.endsWith("]")
                || !text.startsWith("[") && text.indexOf(':') != colon;
        var host = bare ? text : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' has no host: write HOST:PORT");
        }
        return new ServerAddress(host, bare ? defaultPort : port(text, colon, lowestPort));
    }

    private static int port(String text, int colon, int lowest) {
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port >= lowest && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("'" + text + "' has no port from " + lowest + " to "
                + MAX_PORT + ": write HOST:PORT");
    }

    /** Looks the host up. */
    public InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
