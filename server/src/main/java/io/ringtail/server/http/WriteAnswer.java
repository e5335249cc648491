package io.ringtail.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.ringtail.protocol.side.SideFrame.Reply;
import io.ringtail.protocol.side.SideFrame.Status;
import org.jspecify.annotations.Nullable;

/**
 * Answers a command that changes a key. Owner: the connection's event loop.
 *
 * @param conditional whether a key that is not there fails the client's condition
 * @param done the answer where it was done; null: no content but the new entity tag
 */
record WriteAnswer(Exchange exchange, boolean conditional, @Nullable Answer done)
        implements ReplyTaker {
    @Override
    public void begin(Reply reply, @Nullable String contentType) {
        if (reply.status() == Status.OK) {
            succeed(reply);
        } else if (conditional && reply.status() == Status.NOT_FOUND) {
            exchange.answer(Refusals.of(Status.EXISTS));
        } else {
            exchange.answer(Refusals.of(reply.status()));
        }
    }

    private void succeed(Reply reply) {
        if (done != null) {
            exchange.answer(done);
            return;
        }
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
                HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER);
        if (reply.cas() != 0) {
            response.headers().set(HttpHeaderNames.ETAG, EntityTags.of(reply.cas()));
        }
        exchange.answer(response, 0);
    }

    @Override
    public void value(ByteBuf part) {
        part.release();
    }

    @Override
    public void end() {
        // Answered when it began.
    }
}
