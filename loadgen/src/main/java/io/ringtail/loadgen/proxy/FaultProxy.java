package io.ringtail.loadgen.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Passes connections on to a server, faithfully until it is told otherwise. While it is stopped,
 * connections are refused as if there were no server. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int BACKLOG = 1_024;
    private static final int CONNECT_MILLIS = 5_000;

    private final InetSocketAddress target;
    private final InetSocketAddress address;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicLong seeds;
    private volatile Faults faults = Faults.NONE;
    private volatile @Nullable ServerSocket listener;

    /** Listens on a free port of loopback. */
    public FaultProxy(InetSocketAddress target, long seed) throws IOException {
        this.target = target;
        this.seeds = new AtomicLong(seed);
        var first = listen(0);
        this.address = (InetSocketAddress) first.getLocalSocketAddress();
        serve(first);
    }

    private static ServerSocket listen(int port) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        return socket;
    }

    private void serve(ServerSocket socket) {
        listener = socket;
        Thread.ofVirtual().name("proxy").start(() -> accept(socket));
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                Thread.ofVirtual().start(() -> link(client, socket));
            } catch (IOException e) {
                // Closed, or out of files: the loop's condition tells which.
            }
        }
    }

    private void link(Socket client, ServerSocket acceptedBy) {
        try {
            var server = new Socket();
            server.connect(target, CONNECT_MILLIS);
            var link = new Link(client, server, () -> faults, seeds.getAndIncrement());
            links.add(link);
            if (acceptedBy.isClosed()) {
                link.reset();
            }
            link.run();
            links.remove(link);
        } catch (IOException e) {
            Link.reset(client);
        }
    }

    /** Where clients connect to, the same all the time. */
    public InetSocketAddress address() {
        return address;
    }

    public void faults(Faults now) {
        faults = now;
    }

    /** Ends all connections with a reset. */
    public void reset() {
        links.forEach(Link::reset);
    }

    /** Refuses connections, and ends those there are. */
    public void stop() throws IOException {
        var socket = listener;
        if (socket != null) {
            listener = null;
            socket.close();
        }
        reset();
    }

    /** Takes connections again. */
    public void start() throws IOException {
        if (listener == null) {
            serve(listen(address.getPort()));
        }
    }

    @Override
    public void close() throws IOException {
        faults = Faults.NONE;
        stop();
    }
}
