package io.ringtail.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.ringtail.protocol.side.SideFrame.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Answers with a value's bytes as they come out of the store. What is stored comes from anybody, so
 * a browser is told not to run it. Owner: the connection's event loop.
 */
final class ValueAnswer implements ReplyTaker {
    static final AsciiString TTL_HEADER = AsciiString.cached("X-Ringtail-Ttl");
    private static final AsciiString OCTETS = AsciiString.cached("application/octet-stream");
    private static final AsciiString SECURITY_POLICY =
            AsciiString.cached("content-security-policy");
    private static final AsciiString SANDBOX = AsciiString.cached("sandbox; default-src 'none'");
    private static final AsciiString NO_SNIFF_NAME = AsciiString.cached("x-content-type-options");
    private static final AsciiString NO_SNIFF = AsciiString.cached("nosniff");
    private static final AsciiString NO_CACHE = AsciiString.cached("no-cache");

    private final Exchange exchange;
    private final EntityTags known;
    private final byte[] before;
    private boolean skips;
    private boolean streams;
    private long length;
    private HttpHeaders headers = EmptyHttpHeaders.INSTANCE;
    private @Nullable ByteBuf whole;

    /** {@code before}: bytes in front of the value; {@code known}: what the client has already. */
    ValueAnswer(Exchange exchange, EntityTags known, byte[] before) {
        this.exchange = exchange;
        this.known = known;
        this.before = before;
    }

    @Override
    public void begin(Reply reply, @Nullable String contentType) {
        switch (reply.status()) {
            case OK -> found(reply, contentType);
            case NOT_MODIFIED -> notModified(reply);
            default -> {
                skips = true;
                exchange.answer(Refusals.of(reply.status()));
            }
        }
    }

    private void notModified(Reply reply) {
        skips = true;
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
                HttpResponseStatus.NOT_MODIFIED, Unpooled.EMPTY_BUFFER);
        response.headers().set(HttpHeaderNames.ETAG, EntityTags.of(reply.cas()));
        exchange.answer(response, 0);
    }

    private void found(Reply reply, @Nullable String contentType) {
        if (known.contain(reply.cas())) {
            notModified(reply);
            return;
        }
        length = reply.valueBytes() + before.length;
        var fields = new DefaultHttpHeaders();
        fields.set(HttpHeaderNames.CONTENT_TYPE, type(contentType));
        if (reply.cas() != 0) {
            fields.set(HttpHeaderNames.ETAG, EntityTags.of(reply.cas()));
        }
        if (reply.ttlSeconds() >= 0) {
            fields.set(TTL_HEADER, Integer.toString(reply.ttlSeconds()));
        }
        fields.set(HttpHeaderNames.CACHE_CONTROL, NO_CACHE);
        fields.set(NO_SNIFF_NAME, NO_SNIFF);
        fields.set(SECURITY_POLICY, SANDBOX);
        headers = fields;
        if (exchange.isHead() || length == 0) {
            skips = true;
            exchange.answer(full(Unpooled.EMPTY_BUFFER), length);
        } else if (before.length > 0) {
            stream();
            exchange.part(Unpooled.wrappedBuffer(before));
        }
    }

    private CharSequence type(@Nullable String stored) {
        return before.length > 0 ? Answer.TEXT : stored == null ? OCTETS : stored;
    }

    private DefaultFullHttpResponse full(ByteBuf content) {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, content,
                headers, EmptyHttpHeaders.INSTANCE);
    }

    @Override
    public void value(ByteBuf part) {
        if (skips) {
            part.release();
        } else if (!streams && part.readableBytes() == length) {
            whole = part;
        } else {
            if (!streams) {
                stream();
            }
            exchange.part(part);
        }
    }

    private void stream() {
        streams = true;
        exchange.begin(
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, headers),
                length);
    }

    @Override
    public void end() {
        var value = whole;
        if (value != null) {
            whole = null;
            skips = true;
            exchange.answer(full(value), length);
        } else if (streams) {
            exchange.end();
        }
    }
}
