package io.ringtail.server.wire;

import io.ringtail.server.testing.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A raw connection. A virtual thread collects all that the server sends, so that a test may write
 * as much as it likes before it looks at the replies. Owner: the test's thread.
 */
final class WireConnection implements Wire {
    /** How long a reply may take. */
    static final long TIMEOUT_MILLIS = Patience.MILLIS;
    private static final long BETWEEN_PARTS_NANOS = 20_000;

    private final Socket socket = new Socket();
    private final Object lock = new Object();
    private byte[] received = new byte[4096];
    private int receivedBytes;
    private boolean closed;

    WireConnection(int port) {
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    (int) TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            Thread.ofVirtual().start(this::collect);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void collect() {
        byte[] buffer = new byte[64 << 10];
        try {
            InputStream in = socket.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                synchronized (lock) {
                    append(buffer, n);
                    lock.notifyAll();
                }
            }
        } catch (IOException _) {
            // A reset by the server ends the stream as a close does.
        }
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }

    private void append(byte[] buffer, int bytes) {
        if (receivedBytes + bytes > received.length) {
            received =
                    Arrays.copyOf(received, Math.max(received.length * 2, receivedBytes + bytes));
        }
        System.arraycopy(buffer, 0, received, receivedBytes, bytes);
        receivedBytes += bytes;
    }

    void send(String text) {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Sends in parts that end at {@code cuts} (ascending), with a moment between them so that they
     * arrive apart.
     */
    @Override
    public void send(byte[] bytes, int... cuts) {
        int from = 0;
        for (int cut : cuts) {
            write(bytes, from, cut - from);
            LockSupport.parkNanos(BETWEEN_PARTS_NANOS);
            from = cut;
        }
        write(bytes, from, bytes.length - from);
    }

    private void write(byte[] bytes, int from, int count) {
        try {
            socket.getOutputStream().write(bytes, from, count);
        } catch (IOException _) {
            // The server closed: what it sent before is what counts.
        }
    }

    /** Says that nothing more will be sent. */
    void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException _) {
            // Closed by the server already.
        }
    }

    /**
     * Waits until at least {@code bytes} were received since the start; false where they did not
     * come.
     */
    boolean awaitBytes(int bytes) {
        return await(() -> receivedBytes >= bytes, TIMEOUT_MILLIS);
    }

    /**
     * Waits until what was received, from {@code from} on, ends with {@code suffix}; false where it
     * does not.
     */
    @Override
    public boolean awaitSuffix(int from, byte[] suffix, long millis) {
        return await(() -> endsWith(from, suffix), millis);
    }

    private boolean endsWith(int from, byte[] suffix) {
        int start = receivedBytes - suffix.length;
        return start >= from
                && Arrays.equals(received, start, receivedBytes, suffix, 0, suffix.length);
    }

    /** Waits until the server has closed the connection; false where it did not. */
    @Override
    public boolean awaitClose() {
        return await(() -> closed, TIMEOUT_MILLIS);
    }

    boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    private interface Condition {
        boolean holds();
    }

    private boolean await(Condition condition, long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (lock) {
            while (!condition.holds()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) + 1;
                if (closed || left <= 1) {
                    return condition.holds();
                }
                try {
                    lock.wait(left);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return true;
        }
    }

    @Override
    public int receivedBytes() {
        synchronized (lock) {
            return receivedBytes;
        }
    }

    /** What was received from position {@code from} on. */
    @Override
    public byte[] received(int from) {
        synchronized (lock) {
            return Arrays.copyOfRange(received, Math.min(from, receivedBytes), receivedBytes);
        }
    }

    /** One command and its reply up to {@code suffix}, which must come. */
    String ask(String command, String suffix) {
        int from = receivedBytes();
        send(command);
        if (!awaitSuffix(from, suffix.getBytes(StandardCharsets.ISO_8859_1), TIMEOUT_MILLIS)) {
            throw new AssertionError("no reply in time, command=" + Escapes.encode(command)
                    + " received=" + Escapes.encode(received(from)));
        }
        return new String(received(from), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
