package io.ringtail.server.execution;

import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.memory.Output;
import io.ringtail.protocol.memory.ValueStream;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A client that keeps what it is sent. Feeds are asked when the test says so. */
public final class RecordingClient implements Client {
    private static final int WINDOW_BYTES = 64 << 10;

    private final long id;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final Output output = new Output(new Recorder());
    private final AtomicInteger wakes = new AtomicInteger();
    private final Arena arena = Arena.ofAuto();
    private boolean authenticated;
    private boolean authenticating;
    private @Nullable Feed feed;
    public boolean pendingReplies;
    public boolean moreInput;
    public boolean closing;

    private final class Recorder implements Output.Sink {
        @Override
        public void grow(Output to, int bytes) {
            keep();
            long start = arena.allocate(Math.max(bytes, WINDOW_BYTES), 8).address();
            to.window(start, start + Math.max(bytes, WINDOW_BYTES));
        }

        @Override
        public void stream(Output from, ValueStream value) {
            keep();
            while (value.remaining() > 0) {
                int part = value.partBytes();
                sent.writeBytes(Memory.bytes(value.partAddress(), part));
                value.advance(part);
            }
            value.close();
        }
    }

    public RecordingClient(long id) {
        this.id = id;
    }

    private void keep() {
        sent.writeBytes(Memory.bytes(output.start(), output.written()));
        output.position(output.start());
    }

    /** What was sent since the last call, a byte a character. */
    public String takeSent() {
        keep();
        var text = sent.toString(StandardCharsets.ISO_8859_1);
        sent.reset();
        return text;
    }

    /** Asks the feed once; null where there is none. */
    public Feed.@Nullable Next fill() {
        var asked = feed;
        if (asked == null) {
            return null;
        }
        var next = asked.fill(this);
        if (next == Feed.Next.DONE) {
            feed = null;
        }
        return next;
    }

    /** Asks the feed as long as it is not done and asks to be called again. */
    public void fillAll() {
        int before;
        Feed.@Nullable Next next;
        do {
            before = wakes.get();
            next = fill();
        } while (next == Feed.Next.MORE || next == Feed.Next.WAIT && wakes.get() > before);
    }

    public boolean isStreaming() {
        return feed != null;
    }

    public int wakes() {
        return wakes.get();
    }

    /** The connection is gone. */
    public void disconnect() {
        if (feed != null) {
            feed.closed();
            feed = null;
        }
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public String remoteAddress() {
        return "tcp:127.0.0.1:" + (40_000 + id);
    }

    @Override
    public boolean authenticated() {
        return authenticated;
    }

    @Override
    public void authenticated(boolean now) {
        authenticated = now;
    }

    @Override
    public boolean authenticating() {
        return authenticating;
    }

    @Override
    public void authenticating(boolean now) {
        authenticating = now;
    }

    @Override
    public boolean hasMoreInput() {
        return moreInput;
    }

    @Override
    public boolean hasPendingReplies() {
        return pendingReplies;
    }

    @Override
    public void streamTo(Feed newFeed) {
        feed = newFeed;
    }

    @Override
    public void wake() {
        wakes.incrementAndGet();
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public ReplySlot suspend() {
        throw new UnsupportedOperationException("nothing suspends here");
    }

    @Override
    public void closeAfterReplies() {
        closing = true;
    }
}
