package io.ringtail.server.admin;

import io.ringtail.protocol.memory.Output;
import io.ringtail.server.execution.Client;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * One watching connection and the lines it has not taken yet. A line that finds no room is skipped;
 * the next one that does tells how many were. Lines are offered by any thread and sent by the
 * connection's event loop.
 */
final class Watcher implements Client.Feed {
    /** Every line is longer than this, so the buffer's bytes run out before the queue's places. */
    private static final int SHORTEST_LINE_BYTES = 32;
    /** Room kept for the line that tells of skipped ones. */
    private static final int NOTICE_BYTES = 128;

    private final LogWatchers watchers;
    private final Client client;
    private final int streams;
    private final int bufferBytes;
    private final MpscAtomicArrayQueue<byte[]> lines;
    private final AtomicInteger buffered = new AtomicInteger();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicBoolean woken = new AtomicBoolean();

    Watcher(LogWatchers watchers, Client client, int streams, int bufferBytes) {
        this.watchers = watchers;
        this.client = client;
        this.streams = streams;
        this.bufferBytes = bufferBytes;
        this.lines = new MpscAtomicArrayQueue<>(Math.max(2, bufferBytes / SHORTEST_LINE_BYTES));
        put("OK\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    int streams() {
        return streams;
    }

    void offer(byte[] line) {
        if (buffered.get() + line.length + NOTICE_BYTES > bufferBytes) {
            skip();
            return;
        }
        long missed = skipped.get();
        if (missed > 0 && skipped.compareAndSet(missed, 0)) {
            put(("skipped=" + missed + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        if (put(line)) {
            watchers.counters().lineSent();
            if (woken.compareAndSet(false, true)) {
                client.wake();
            }
        } else {
            skip();
        }
    }

    private boolean put(byte[] line) {
        buffered.addAndGet(line.length);
        boolean taken = lines.offer(line);
        if (!taken) {
            buffered.addAndGet(-line.length);
        }
        return taken;
    }

    private void skip() {
        skipped.incrementAndGet();
        watchers.counters().lineSkipped();
    }

    @Override
    public Next fill(Client to) {
        woken.set(false);
        int written = 0;
        while (written < Output.MAX_ENSURE) {
            var line = lines.poll();
            if (line == null) {
                return Next.WAIT;
            }
            buffered.addAndGet(-line.length);
            to.output().bytes(line);
            written += line.length;
        }
        return Next.MORE;
    }

    @Override
    public void closed() {
        watchers.remove(this);
    }
}
