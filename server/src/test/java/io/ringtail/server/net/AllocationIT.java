package io.ringtail.server.net;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ringtail.server.config.NodeConfig;
import io.ringtail.server.config.Setting;
import io.ringtail.server.node.Node;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an event loop allocates for a request, from socket to socket, by the JVM's own counters. */
@Timeout(300)
class AllocationIT {
    private static final int DEPTH = 100;
    private static final int WARM_UP = 4_000;
    private static final int MEASURED = 2_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void allocatesAtMostOneByteForARequestAtDepthOneHundred() throws Exception {
        var settings = Map.of(Setting.PORT, "-1", Setting.THREADS, "1", Setting.TRANSPORT, "epoll");
        try (var node = Node.start(NodeConfig.of(settings)); var socket =
                new Socket(InetAddress.getLoopbackAddress(), node.tcpPorts().getFirst())) {
            long loop = loopThread();
            assertFrugal(socket, loop, "set k%02d 5 0 10\r\n0123456789\r\n", "STORED\r\n");
            assertFrugal(socket, loop, "get k%02d\r\n",
                    "VALUE k%02d 5 10\r\n0123456789\r\nEND\r\n");
            assertFrugal(socket, loop, "mg k%02d v\r\n", "VA 10\r\n0123456789\r\n");
            assertFrugal(socket, loop, "ms k%02d 10\r\n0123456789\r\n", "HD\r\n");
            assertFrugal(socket, loop, "delete gone%02d\r\n", "NOT_FOUND\r\n");
            assertFrugal(socket, loop, "set k%1$02d 0 0 1\r\nx\r\ndelete k%1$02d\r\n",
                    "STORED\r\nDELETED\r\n");
        }
    }

    private static void assertFrugal(Socket socket, long loop, String command, String reply)
            throws IOException {
        var requests = repeated(command);
        var replies = new byte[repeated(reply).length];
        exchange(socket, requests, replies, WARM_UP);
        long before = THREADS.getThreadAllocatedBytes(loop);
        exchange(socket, requests, replies, MEASURED);
        double bytes = THREADS.getThreadAllocatedBytes(loop) - before;
        assertTrue(bytes / MEASURED / DEPTH <= 1,
                command + " bytesPerRequest=" + bytes / MEASURED / DEPTH);
    }

    private static byte[] repeated(String text) {
        var all = new StringBuilder();
        for (int i = 0; i < DEPTH; i++) {
            all.append(text.formatted(i));
        }
        return all.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void exchange(Socket socket, byte[] requests, byte[] replies, int times)
            throws IOException {
        for (int i = 0; i < times; i++) {
            socket.getOutputStream().write(requests);
            int read = socket.getInputStream().readNBytes(replies, 0, replies.length);
            assertTrue(read == replies.length, "bytes=" + read);
        }
    }

    private static long loopThread() {
        for (var info : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (info != null && info.getThreadName().startsWith("loop-")
                    && info.getThreadState() != Thread.State.TERMINATED) {
                return info.getThreadId();
            }
        }
        throw new IllegalStateException("no event loop is running");
    }
}
