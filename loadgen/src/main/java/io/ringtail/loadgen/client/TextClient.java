package io.ringtail.loadgen.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One connection that speaks memcached's text protocol, one command at a time. Owner: a thread. */
public final class TextClient implements AutoCloseable {
    private static final int MAX_LINE = 1 << 20;
    private static final int STAT_WORDS = 3;

    private final Socket socket;
    private final InputStream in;
    private volatile boolean interrupted;

    private TextClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects to the first address of the host that answers. */
    public static TextClient connect(ServerAddress server, int timeoutMillis) throws IOException {
        IOException failure = null;
        for (var address : InetAddress.getAllByName(server.host())) {
            var socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(address, server.port()), timeoutMillis);
                socket.setSoTimeout(timeoutMillis);
                return new TextClient(socket);
            } catch (IOException e) {
                socket.close();
                failure = e;
            }
        }
        throw failure == null ? new IOException("no address of " + server.host()) : failure;
    }

    /** The address that answered. */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getRemoteSocketAddress();
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    public void send(String line) throws IOException {
        send((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The first line of the answer to a line. */
    public String ask(String line) throws IOException {
        send(line);
        return readLine();
    }

    /** One line without its end. */
    public String readLine() throws IOException {
        var line = new ByteArrayOutputStream();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (line.size() == MAX_LINE) {
                throw new IOException("the server sent a line without end");
            }
            line.write(next);
            next = in.read();
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /** A value and its line end. */
    public byte[] readValue(int bytes) throws IOException {
        var value = in.readNBytes(bytes);
        if (value.length < bytes || in.readNBytes(2).length < 2) {
            throw new EOFException("the server closed the connection within a value");
        }
        return value;
    }

    /** Statistics by name, in the server's order; {@code what} is empty or one of its groups. */
    public Map<String, String> stats(String what) throws IOException {
        var stats = new LinkedHashMap<String, String>();
        var line = ask(what.isEmpty() ? "stats" : "stats " + what);
        while (line.startsWith("STAT ")) {
            var words = line.split(" ", STAT_WORDS);
            stats.put(words[1], words.length < STAT_WORDS ? "" : words[2]);
            line = readLine();
        }
        if (!line.equals("END") && !line.equals("RESET")) {
            throw new ErrorReplyException(line);
        }
        return stats;
    }

    /** Waits for the next line as long as it takes. */
    public void waitForEver() throws IOException {
        socket.setSoTimeout(0);
    }

    /** Ends a wait; may be called by any thread. */
    public void interrupt() {
        interrupted = true;
        try {
            socket.close();
        } catch (IOException e) {
            // Then it is closed already.
        }
    }

    public boolean isInterrupted() {
        return interrupted;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
