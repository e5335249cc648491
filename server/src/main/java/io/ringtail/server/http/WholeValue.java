package io.ringtail.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.ringtail.protocol.side.SideFrame.Reply;
import io.ringtail.protocol.side.SideFrame.Status;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers with what is made of a whole value, which is small. Owner: an event loop. */
final class WholeValue implements ReplyTaker {
    private final Exchange exchange;
    private final Function<Found, Answer> render;
    private byte @Nullable [] value;
    private int filled;
    private int ttlSeconds;
    private @Nullable String contentType;

    /** A value as it is stored. {@code ttlSeconds} -1: for ever. */
    record Found(byte[] value, @Nullable String contentType, int ttlSeconds) {}

    WholeValue(Exchange exchange, Function<Found, Answer> render) {
        this.exchange = exchange;
        this.render = render;
    }

    @Override
    public void begin(Reply reply, @Nullable String type) {
        if (reply.status() != Status.OK) {
            exchange.answer(Refusals.of(reply.status()));
        } else if (reply.valueBytes() > HttpLimits.JSON_VALUE_BYTES) {
            exchange.answer(Answer.refusal(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                    "the value is too large for JSON: GET /v1/keys/{key} gives it"));
        } else {
            value = new byte[(int) reply.valueBytes()];
            contentType = type;
            ttlSeconds = reply.ttlSeconds();
        }
    }

    @Override
    public void value(ByteBuf part) {
        var target = value;
        if (target != null) {
            int bytes = part.readableBytes();
            part.readBytes(target, filled, bytes);
            filled += bytes;
        }
        part.release();
    }

    @Override
    public void end() {
        if (value != null) {
            exchange.answer(render.apply(new Found(value, contentType, ttlSeconds)));
        }
    }
}
