package io.ringtail.loadgen.proxy;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** One connection through a proxy: for each direction a thread that reads and one that writes. */
final class Link {
    private static final int PIECE_BYTES = 16 << 10;
    private static final int MAX_PIECES = 64;
    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final byte[] END = {};

    private final Socket client;
    private final Socket server;
    private final Supplier<Faults> faults;
    private final long seed;

    private record Piece(byte[] bytes, long dueNanos) {}

    Link(Socket client, Socket server, Supplier<Faults> faults, long seed) throws IOException {
        this.client = client;
        this.server = server;
        this.faults = faults;
        this.seed = seed;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    /** Passes on until either side ends. */
    void run() {
        var there = Thread.ofVirtual().start(() -> pass(client, server, false));
        pass(server, client, true);
        try {
            there.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Socket from, Socket to, boolean delays) {
        var pieces = new ArrayBlockingQueue<Piece>(MAX_PIECES);
        var writer = Thread.ofVirtual().start(() -> write(pieces, to));
        try {
            try {
                read(from, pieces, delays);
            } catch (IOException e) {
                reset();
            }
            pieces.put(new Piece(END, System.nanoTime()));
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reset();
    }

    private void read(Socket from, ArrayBlockingQueue<Piece> pieces, boolean delays)
            throws IOException, InterruptedException {
        var random = new SplittableRandom(seed);
        var buffer = new byte[PIECE_BYTES];
        var in = from.getInputStream();
        for (int bytes = in.read(buffer); bytes >= 0; bytes = in.read(buffer)) {
            pieces.put(new Piece(Arrays.copyOf(buffer, bytes),
                    System.nanoTime() + (delays ? delay(random) : 0)));
        }
    }

    private long delay(SplittableRandom random) {
        var now = faults.get();
        return TimeUnit.MILLISECONDS.toNanos(now.latencyMillis())
                + (long) (random.nextDouble() * TimeUnit.MILLISECONDS.toNanos(now.jitterMillis()));
    }

    /** Takes all pieces, so that the reader never waits for nobody; writes while it can. */
    private void write(ArrayBlockingQueue<Piece> pieces, Socket to) {
        try {
            long free = System.nanoTime();
            for (var piece = pieces.take(); piece.bytes() != END; piece = pieces.take()) {
                if (!to.isClosed()) {
                    free = write(piece, to, free);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the bandwidth allows the next piece. */
    private long write(Piece piece, Socket to, long free) {
        await(Math.max(piece.dueNanos(), free));
        while (faults.get().silent() && !to.isClosed()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        try {
            to.getOutputStream().write(piece.bytes());
        } catch (IOException e) {
            reset();
        }
        long rate = faults.get().bytesPerSecond();
        long now = System.nanoTime();
        return rate == 0 ? now : Math.max(free, now) + piece.bytes().length * NANOS / rate;
    }

    private static void await(long instant) {
        for (long left = instant - System.nanoTime(); left > 0;
                left = instant - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    void reset() {
        reset(client);
        reset(server);
    }

    /** Closes so that the other side sees a reset. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is closed already.
        }
    }
}
