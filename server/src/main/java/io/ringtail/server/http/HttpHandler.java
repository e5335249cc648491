package io.ringtail.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.ringtail.server.http.Action.BodyTaker;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP connection: answers its requests one after the other. What comes in meanwhile waits.
 * Owner: the channel's event loop.
 */
final class HttpHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(HttpHandler.class);
    private static final BodyTaker NOBODY = new BodyTaker() {
        @Override
        public void part(ByteBuf bytes) {}

        @Override
        public void end() {}
    };

    private final HttpLoop loop;
    private final Routes routes;
    private final long id;
    private final ArrayDeque<HttpObject> waiting = new ArrayDeque<>(0);
    private @Nullable KeySession keys;
    private @Nullable Exchange exchange;
    private BodyTaker body = NOBODY;
    private boolean bodyEnded = true;
    private boolean handling;

    HttpHandler(HttpLoop loop, Routes routes, long id) {
        this.loop = loop;
        this.routes = routes;
        this.id = id;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        keys = new KeySession(loop, ctx.channel(),
                KeySession.origin(id, "http:" + ctx.channel().remoteAddress()),
                () -> adjustReading(ctx), () -> handling);
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        var part = (HttpObject) message;
        if (handling || !waiting.isEmpty() || part instanceof HttpRequest && exchange != null) {
            waiting.addLast(part);
            adjustReading(ctx);
        } else {
            handle(ctx, part);
            goOn(ctx);
        }
    }

    /** Handles what waited, as far as it need not wait any longer. */
    private void goOn(ChannelHandlerContext ctx) {
        if (handling || waiting.isEmpty()) {
            return;
        }
        while (!waiting.isEmpty()
                && !(waiting.peekFirst() instanceof HttpRequest && exchange != null)) {
            handle(ctx, waiting.removeFirst());
        }
        adjustReading(ctx);
    }

    private void adjustReading(ChannelHandlerContext ctx) {
        boolean reads = waiting.size() < HttpLimits.PIPELINED && (keys == null || keys.mayRead());
        if (ctx.channel().config().isAutoRead() != reads) {
            ctx.channel().config().setAutoRead(reads);
        }
    }

    private void handle(ChannelHandlerContext ctx, HttpObject part) {
        handling = true;
        try {
            if (part.decoderResult().isFailure()) {
                malformed(ctx, part);
                return;
            }
            if (part instanceof HttpRequest request) {
                begin(ctx, request);
            }
            if (part instanceof HttpContent content) {
                body(content);
            }
        } finally {
            handling = false;
            ReferenceCountUtil.release(part);
        }
    }

    private void malformed(ChannelHandlerContext ctx, HttpObject part) {
        var now = exchange;
        if (now == null && part instanceof HttpRequest request) {
            now = new Exchange(ctx, keys(), request, () -> settle(ctx));
            exchange = now;
        }
        if (now == null || now.isAnswered()) {
            ctx.close();
            return;
        }
        now.closeAfterwards();
        bodyEnded = true;
        now.answer(Answer.refusal(HttpResponseStatus.BAD_REQUEST,
                "not HTTP as it should be: " + part.decoderResult().cause().getMessage()));
    }

    private KeySession keys() {
        return Objects.requireNonNull(keys);
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        var next = new Exchange(ctx, keys(), request, () -> settle(ctx));
        exchange = next;
        bodyEnded = false;
        body = NOBODY;
        if (HttpUtil.is100ContinueExpected(request)) {
            // Who is refused need not send the body: what follows could be either.
            next.closeAfterwards();
        }
        try {
            var taker = routes.begin(next);
            if (taker != null) {
                body = taker;
                welcome(ctx, request, next);
            }
        } catch (RefusedException e) {
            refuse(next, e);
        }
    }

    /** A client that asks first whether to send its body is told so. */
    private static void welcome(ChannelHandlerContext ctx, HttpRequest request, Exchange next) {
        if (HttpUtil.is100ContinueExpected(request) && !next.isAnswered()) {
            next.keepAsAsked();
            ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
                    HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    /** A long body that nobody wants would be read for nothing: the connection ends instead. */
    private void refuse(Exchange refused, RefusedException why) {
        body.cancel();
        body = NOBODY;
        if (!bodyEnded && HttpUtil.getContentLength(refused.request(), 0L) > HttpLimits.CHUNK_BYTES
                || HttpUtil.is100ContinueExpected(refused.request())) {
            refused.closeAfterwards();
        }
        refused.answer(why.answer());
    }

    private void body(HttpContent content) {
        var now = exchange;
        if (now == null) {
            return;
        }
        boolean last = content instanceof LastHttpContent;
        try {
            body.part(content.content());
            if (last) {
                bodyEnded = true;
                body.end();
            }
        } catch (RefusedException e) {
            bodyEnded = last;
            refuse(now, e);
        }
        if (last && exchange == now) {
            settle(now.context());
        }
    }

    /** The next request's turn comes when this one is answered and its body has been read. */
    private void settle(ChannelHandlerContext ctx) {
        var now = exchange;
        if (now != null && now.isAnswered() && bodyEnded) {
            exchange = null;
            body = NOBODY;
            if (!handling && !waiting.isEmpty()) {
                // Never from inside the session, whose reply this may be.
                ctx.executor().execute(() -> {
                    goOn(ctx);
                    ctx.flush();
                });
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            keys().writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        body.cancel();
        body = NOBODY;
        exchange = null;
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        if (keys != null) {
            keys.closed();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            loop.loop().failures().report(LOG, "http " + ctx.channel().remoteAddress(), cause);
        }
        ctx.close();
    }
}
