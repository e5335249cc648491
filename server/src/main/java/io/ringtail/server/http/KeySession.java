package io.ringtail.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.ringtail.protocol.memory.Memory;
import io.ringtail.protocol.side.SideFrame;
import io.ringtail.protocol.side.SideFrame.Command;
import io.ringtail.server.config.NodeConfig.BindingProtocol;
import io.ringtail.server.session.Origin;
import io.ringtail.server.session.Session;
import io.ringtail.server.session.Transport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way from one HTTP connection to the keys: a session like any other client's, which is given
 * one command at a time and whose reply goes to a {@link ReplyTaker}. Owner: the connection's event
 * loop.
 */
final class KeySession implements Transport {
    private final HttpLoop shared;
    private final Channel channel;
    private final Session session;
    private final ReplyAssembly reply = new ReplyAssembly();
    private boolean mayRead = true;
    private final Runnable onReading;
    private final BooleanSupplier flushesLater;

    /**
     * {@code onReading} is called when {@link #mayRead} changes; while {@code flushesLater} holds,
     * the caller flushes at the end of the loop's turn.
     */
    KeySession(HttpLoop shared, Channel channel, Origin origin, Runnable onReading,
            BooleanSupplier flushesLater) {
        this.flushesLater = flushesLater;
        this.shared = shared;
        this.channel = channel;
        this.onReading = onReading;
        this.session = new Session(shared.sessions(), this, origin);
    }

    static Origin origin(long id, String address) {
        return new Origin(id, () -> address, BindingProtocol.ASCII);
    }

    /**
     * Sends a command; where it has a value, {@link #value} follows until all of it is there.
     *
     * @param contentType the value's attribute, which is not among {@code valueBytes} yet
     */
    void send(Command command, byte[] key, byte @Nullable [] contentType, ReplyTaker taker) {
        reply.expect(taker, command.op());
        long at = shared.scratch();
        SideFrame.write(at, command);
        Memory.copyFrom(key, 0, at + SideFrame.HEADER_BYTES, key.length);
        long end = at + SideFrame.HEADER_BYTES + key.length;
        if (contentType != null) {
            Memory.putByte(end, (byte) contentType.length);
            Memory.copyFrom(contentType, 0, end + 1, contentType.length);
            end += 1 + contentType.length;
        }
        shared.loop().startTurn();
        session.receive(at, (int) (end - at));
        session.flush();
    }

    /** The value's next bytes, which stay the caller's. */
    void value(ByteBuf bytes) {
        if (!bytes.isReadable()) {
            return;
        }
        shared.loop().startTurn();
        if (bytes.hasMemoryAddress()) {
            session.receive(bytes.memoryAddress() + bytes.readerIndex(), bytes.readableBytes());
        } else {
            var copy = Unpooled.directBuffer(bytes.readableBytes()).writeBytes(bytes);
            try {
                session.receive(copy.memoryAddress(), copy.readableBytes());
            } finally {
                copy.release();
            }
        }
        session.flush();
    }

    /** Whether bytes of a value may be read from the client. */
    boolean mayRead() {
        return mayRead;
    }

    void writable() {
        session.wakeUp();
    }

    void closed() {
        session.closed();
        reply.release();
    }

    @Override
    public void write(ByteBuf bytes) {
        shared.sessions().loop().counters().bytesWritten += bytes.readableBytes();
        reply.take(bytes);
    }

    @Override
    public void flush() {
        if (!flushesLater.getAsBoolean() || !channel.isWritable()) {
            channel.flush();
        }
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public boolean hasUnsent() {
        return !channel.isWritable();
    }

    @Override
    public void reading(boolean reading) {
        mayRead = reading;
        onReading.run();
    }

    /** The session gives up: its reply cannot be completed. */
    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void execute(Runnable task) {
        channel.eventLoop().execute(() -> {
            shared.loop().startTurn();
            task.run();
        });
    }
}
