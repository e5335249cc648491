package io.ringtail.server.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Text on sockets, a line at a time. */
public final class Lines {
    private Lines() {}

    /** A connection to a port of loopback, on which reads end after a long time. */
    public static Socket connect(int port) throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(Patience.MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                Patience.MILLIS);
        return socket;
    }

    public static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The next line without its end. */
    public static String read(Socket socket) throws IOException {
        return read(socket.getInputStream());
    }

    /** The next line without its end. */
    public static String read(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed behind: " + line);
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
