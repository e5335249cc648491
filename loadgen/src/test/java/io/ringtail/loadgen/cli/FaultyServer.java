package io.ringtail.loadgen.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Answers gets of any key with what a fault makes of the right answer. */
final class FaultyServer implements AutoCloseable {
    private static final String GET = "get ";
    private static final int VALUE_BYTES = 40;

    /** The reply to {@code get KEY}, the n-th request of all. */
    interface Fault {
        String reply(String key, int request);
    }

    private final ServerSocket socket;
    private final Fault fault;
    private final AtomicInteger requests = new AtomicInteger();

    FaultyServer(Fault fault) throws IOException {
        this.fault = fault;
        this.socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    static String right(String key) {
        return "VALUE " + key + " 0 " + VALUE_BYTES + "\r\n" + value(key) + "\r\nEND\r\n";
    }

    static String value(String key) {
        return (key + "|" + "x".repeat(VALUE_BYTES)).substring(0, VALUE_BYTES);
    }

    /** Right answers, but at one request everybody has to wait. */
    static FaultyServer stalling(int atRequest, long millis) throws IOException {
        var lock = new Object();
        return new FaultyServer((key, request) -> {
            synchronized (lock) {
                if (request == atRequest) {
                    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
                    while (System.nanoTime() - end < 0) {
                        LockSupport.parkNanos(end - System.nanoTime());
                    }
                }
                return right(key);
            }
        });
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var in = new BufferedInputStream(client.getInputStream());
            for (var line = line(in); !line.isEmpty(); line = line(in)) {
                var reply = line.startsWith(GET)
                        ? fault.reply(line.substring(GET.length()), requests.incrementAndGet())
                        : "VERSION 1.6.0\r\n";
                client.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
