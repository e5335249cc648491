package io.ringtail.server.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP client on one connection that sends exactly what it is told. */
final class HttpProbe implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;

    HttpProbe(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
    }

    /** An answer; names of headers in lower case. */
    record Reply(int status, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    Socket socket() {
        return socket;
    }

    Reply get(String target, String... headers) throws IOException {
        return request("GET", target, "", headers);
    }

    Reply put(String key, String value, String... headers) throws IOException {
        return request("PUT", "/v1/keys/" + key, value, headers);
    }

    Reply post(String target, String type, String body) throws IOException {
        return request("POST", target, body, "Content-Type: " + type);
    }

    Reply request(String method, String target, String body, String... headers) throws IOException {
        send(head(method, target, body.length(), headers) + body);
        return reply(method);
    }

    static String head(String method, String target, int length, String... headers) {
        var lines = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (var header : headers) {
            lines.append(header).append("\r\n");
        }
        if (length > 0 || method.equals("PUT") || method.equals("POST")) {
            lines.append("Content-Length: ").append(length).append("\r\n");
        }
        return lines.append("\r\n").toString();
    }

    Reply reply(String method) throws IOException {
        var status = Integer.parseInt(line().split(" ")[1]);
        var headers = new TreeMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        boolean bare = method.equals("HEAD") || status == 204 || status == 304 || status == 100;
        return new Reply(status, headers, bare ? new byte[0] : body(length));
    }

    private byte[] body(int length) throws IOException {
        var body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("closed in a body");
        }
        return body;
    }

    String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0) {
                throw new EOFException("closed behind: " + line);
            }
            if (each != '\r') {
                line.write(each);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Whether the node closes the connection, with nothing before. */
    boolean isClosed() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
