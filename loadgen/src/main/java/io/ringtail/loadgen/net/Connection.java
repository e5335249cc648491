package io.ringtail.loadgen.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.ringtail.loadgen.exchange.Exchange;
import io.ringtail.loadgen.exchange.WrongReplyException;
import io.ringtail.loadgen.stats.Failure;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One connection: at most one exchange at a time. Owner: its event loop. */
final class Connection extends ChannelInboundHandlerAdapter {
    private final Lane lane;
    private final LoadLoop loop;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Exchange exchange;
    private long sentNanos;
    /** The beginning of a reply whose end has not arrived. */
    private @Nullable ByteBuf pending;
    private boolean ended;

    Connection(Lane lane, LoadLoop loop) {
        this.lane = lane;
        this.loop = loop;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    void send(Exchange next) {
        exchange = next;
        sentNanos = loop.nowNanos();
        var ctx = Objects.requireNonNull(context, "not in a pipeline yet");
        ctx.writeAndFlush(next.bytes(), ctx.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var bytes = (ByteBuf) message;
        try {
            loop.startTurn();
            receive(bytes);
        } catch (WrongReplyException e) {
            loop.desynchronized(lane.server().name() + ": " + e.getMessage());
            end(Failure.CONNECTION_LOST);
        } finally {
            bytes.release();
        }
    }

    private void receive(ByteBuf bytes) throws WrongReplyException {
        var asked = exchange;
        if (asked == null) {
            end(Failure.CONNECTION_LOST);
            return;
        }
        var from = gathered(bytes);
        long taken = loop.replies()
                .read(asked, from.memoryAddress() + from.readerIndex(),
                        from.memoryAddress() + from.writerIndex(), loop.nowNanos());
        from.skipBytes((int) taken);
        if (asked.isAnswered()) {
            answered(asked, from);
        } else {
            keep(from);
        }
    }

    /** What is to be read: the bytes alone, or behind those that waited for them. */
    private ByteBuf gathered(ByteBuf bytes) {
        return pending == null ? bytes : pending.discardReadBytes().writeBytes(bytes);
    }

    private void keep(ByteBuf rest) {
        if (rest != pending && rest.isReadable()) {
            pending = UnpooledByteBufAllocator.DEFAULT
                    .directBuffer(Math.max(1 << 10, 2 * rest.readableBytes()))
                    .writeBytes(rest);
        }
    }

    private void answered(Exchange asked, ByteBuf rest) throws WrongReplyException {
        if (rest.isReadable()) {
            throw new WrongReplyException("more bytes than replies");
        }
        dropPending();
        exchange = null;
        lane.server().breaker().succeeded(loop.nowNanos() - sentNanos);
        lane.released(this);
        asked.listener().answered(asked);
    }

    private void dropPending() {
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        loop.startTurn();
        end(Failure.CONNECTION_LOST);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        loop.startTurn();
        end(Failure.CONNECTION_LOST);
        if (!(cause instanceof IOException)) {
            loop.broken(cause);
        }
    }

    /** Gives up on an answer that did not come in time. */
    void checkTimeout(long nowNanos, long timeoutNanos) {
        if (exchange != null && nowNanos - sentNanos > timeoutNanos) {
            end(Failure.TIMEOUT);
        }
    }

    /** Closes, once; what was asked has failed. */
    void end(Failure why) {
        if (ended) {
            return;
        }
        ended = true;
        dropPending();
        lane.lost(this);
        Objects.requireNonNull(context).close();
        var asked = exchange;
        exchange = null;
        if (asked != null) {
            lane.failed(asked, why, loop.nowNanos() - sentNanos);
        }
    }
}
