package io.ringtail.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Asks a side port whether all is well, for containers that hold no other program. The one argument
 * is an address, {@code http://127.0.0.1:8080/health}; the exit code is 0 where the answer is 200,
 * and otherwise 1 with a line that says why. It does no more than that takes, since it starts every
 * few seconds.
 */
public final class HealthCheck {
    private static final int PATIENCE_MILLIS = 4_000;
    private static final int UNHEALTHY = 1;

    private HealthCheck() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.err));
    }

    static int run(String[] arguments, PrintStream err) {
        if (arguments.length != 1) {
            err.println("ringtail: one address is needed, as http://127.0.0.1:8080/health");
            return ExitCode.USAGE;
        }
        try {
            var status = statusLine(URI.create(arguments[0]));
            if (status.matches("HTTP/1\\.[01] 200( .*)?")) {
                return ExitCode.OK;
            }
            err.println("ringtail: " + arguments[0] + " answers " + status);
        } catch (IOException | IllegalArgumentException e) {
            err.println("ringtail: " + arguments[0] + ": " + e.getMessage());
        }
        return UNHEALTHY;
    }

    private static String statusLine(URI uri) throws IOException {
        if (uri.getHost() == null || uri.getPort() < 0) {
            throw new IllegalArgumentException("has no host and port");
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            var request = "GET " + uri.getRawPath() + " HTTP/1.1\r\nHost: " + uri.getRawAuthority()
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var reply = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return String.valueOf(reply.readLine());
        }
    }
}
