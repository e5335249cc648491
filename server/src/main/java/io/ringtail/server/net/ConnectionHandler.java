package io.ringtail.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.ringtail.server.net.ConnectionEvents.Reason;
import io.ringtail.server.session.Origin;
import io.ringtail.server.session.Session;
import io.ringtail.server.session.Transport;
import java.io.IOException;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ties one channel to its session. Owner: the channel's event loop. */
final class ConnectionHandler extends ChannelInboundHandlerAdapter implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);

    private final Loop loop;
    private final ConnectionRegistry registry;
    private final Origin origin;
    private final String listener;
    private @Nullable ChannelHandlerContext context;
    private final Session session;
    private final ConnectionEvents events;
    private Reason closeReason = Reason.NORMAL;
    private boolean closeQueued;

    ConnectionHandler(Loop loop, ConnectionRegistry registry, Origin origin, String listener) {
        this.loop = loop;
        this.registry = registry;
        this.origin = origin;
        this.listener = listener;
        this.session = new Session(loop.sessions(), this, origin);
        this.events = new ConnectionEvents(loop.context().node().watchers(), origin);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context, "not in a pipeline yet");
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        registry.opened(origin.id(), session, ctx.channel(), listener);
        events.opened();
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var bytes = (ByteBuf) message;
        try {
            loop.startTurn();
            loop.stopwatch().arrived();
            if (bytes.hasMemoryAddress()) {
                session.receive(bytes.memoryAddress() + bytes.readerIndex(), bytes.readableBytes());
            } else {
                receiveCopy(bytes);
            }
        } finally {
            bytes.release();
        }
    }

    private void receiveCopy(ByteBuf bytes) {
        var copy = Unpooled.directBuffer(bytes.readableBytes()).writeBytes(bytes);
        try {
            session.receive(copy.memoryAddress(), copy.readableBytes());
        } finally {
            copy.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        session.flush();
        loop.stopwatch().left(session);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            session.wakeUp();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        session.closed();
        registry.closed(origin.id());
        events.closed(closeReason);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case Reason reason -> closeReason = reason;
            case SslHandshakeCompletionEvent handshake -> handshaken(handshake);
            default -> {}
        }
        ctx.fireUserEventTriggered(event);
    }

    private void handshaken(SslHandshakeCompletionEvent handshake) {
        if (handshake.isSuccess()) {
            loop.context().counters().sslNewSessions++;
        } else {
            loop.context().counters().sslHandshakeErrors++;
            events.notEncrypted(handshake.cause());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        closeReason = Reason.ERROR;
        if (!(cause instanceof IOException) && !(cause.getCause() instanceof SSLException)) {
            loop.failures().report(LOG, "connection " + origin.address(), cause);
        }
        ctx.close();
    }

    @Override
    public void write(ByteBuf bytes) {
        loop.context().counters().bytesWritten += bytes.readableBytes();
        var ctx = context();
        ctx.write(bytes, ctx.voidPromise());
    }

    @Override
    public void flush() {
        context().flush();
    }

    @Override
    public boolean isWritable() {
        return context().channel().isWritable();
    }

    @Override
    public boolean hasUnsent() {
        return context().channel().bytesBeforeUnwritable() <= Listeners.UNSENT.high();
    }

    @Override
    public void reading(boolean reading) {
        context().channel().config().setAutoRead(reading);
    }

    @Override
    public void close() {
        if (!closeQueued) {
            closeQueued = true;
            context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void execute(Runnable task) {
        context().executor().execute(() -> {
            loop.startTurn();
            task.run();
        });
    }
}
