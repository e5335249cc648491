package io.ringtail.server.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passes bytes on to a port, each portion cut at random places and a random moment later than the
 * one before. Thread-safe.
 */
final class DelayingProxy implements AutoCloseable {
    private static final int LONGEST_PORTION = 4096;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final int target;
    private final ReentrantLock lock = new ReentrantLock();
    private Random random = new Random(1);
    private int longestMicros;

    DelayingProxy(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on every portion waits for up to so long. */
    void delay(long seed, int upToMicros) {
        lock.lock();
        try {
            random = new Random(seed);
            longestMicros = upToMicros;
        } finally {
            lock.unlock();
        }
    }

    private int drawMicros() {
        lock.lock();
        try {
            return longestMicros == 0 ? 0 : random.nextInt(longestMicros);
        } finally {
            lock.unlock();
        }
    }

    private int drawPortion() {
        lock.lock();
        try {
            return longestMicros == 0 ? 1 << 16 : 1 + random.nextInt(LONGEST_PORTION);
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        try {
            while (true) {
                connect(listener.accept());
            }
        } catch (IOException closed) {
            closeAll();
        }
    }

    /** Where the target does not listen yet, only this connection ends. */
    private void connect(Socket from) throws IOException {
        Socket to;
        try {
            to = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException refused) {
            from.close();
            return;
        }
        from.setTcpNoDelay(true);
        to.setTcpNoDelay(true);
        sockets.addAll(List.of(from, to));
        Thread.ofVirtual().start(() -> pump(from, to));
        Thread.ofVirtual().start(() -> pump(to, from));
    }

    private void pump(Socket from, Socket to) {
        try (from; to) {
            var buffer = new byte[1 << 16];
            for (int bytes = from.getInputStream().read(buffer); bytes >= 0;) {
                for (int done = 0; done < bytes;) {
                    int part = Math.min(drawPortion(), bytes - done);
                    write(to, buffer, done, part);
                    done += part;
                }
                bytes = from.getInputStream().read(buffer);
            }
        } catch (IOException | ExecutionException closed) {
            // Both ends are closed with this block: the nodes see the connection break.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Socket to, byte[] buffer, int from, int bytes)
            throws IOException, ExecutionException, InterruptedException {
        int micros = drawMicros();
        if (micros > 0) {
            timer.schedule(() -> {}, micros, TimeUnit.MICROSECONDS).get();
        }
        to.getOutputStream().write(buffer, from, bytes);
    }

    private void closeAll() {
        for (var socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        closeAll();
        timer.shutdownNow();
    }
}
