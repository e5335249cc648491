package io.ringtail.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.ringtail.protocol.side.SideFrame.Op;
import io.ringtail.server.http.Action.BodyTaker;
import io.ringtail.server.http.Action.Route;
import io.ringtail.server.http.Keys.Stored;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /v1/keys/{key}}: a key is a resource, its CAS unique the entity tag. */
final class RestRoutes {
    private static final String PATH = "/v1/keys/";
    private static final byte[] NOTHING = {};

    private final Keys keys;
    private final WholeBody.Budget bodies;

    RestRoutes(Keys keys, WholeBody.Budget bodies) {
        this.keys = keys;
        this.bodies = bodies;
    }

    List<Route> routes() {
        Action.Bare get = this::get;
        Action.Streaming put = this::put;
        Action.Bare delete = this::delete;
        return List.of(new Route(HttpMethod.GET, PATH, get), new Route(HttpMethod.HEAD, PATH, get),
                new Route(HttpMethod.PUT, PATH, put), new Route(HttpMethod.DELETE, PATH, delete));
    }

    private static byte[] key(Exchange exchange) throws RefusedException {
        return Keys.checked(PercentCode.path(exchange.path(), PATH.length()));
    }

    private static @Nullable EntityTags ifMatch(Exchange exchange) throws RefusedException {
        return EntityTags.parse(exchange.headers().get(HttpHeaderNames.IF_MATCH));
    }

    private static @Nullable EntityTags ifNoneMatch(Exchange exchange) throws RefusedException {
        return EntityTags.parse(exchange.headers().get(HttpHeaderNames.IF_NONE_MATCH));
    }

    private void get(Exchange exchange) throws RefusedException {
        var key = key(exchange);
        var none = ifNoneMatch(exchange);
        var known = none == null ? EntityTags.NONE : none;
        var op = exchange.isHead() ? Op.HEAD : Op.GET;
        exchange.keys()
                .send(Keys.read(op, key, known.only()), key, null,
                        new ValueAnswer(exchange, known, NOTHING));
    }

    private void delete(Exchange exchange) throws RefusedException {
        var key = key(exchange);
        var match = ifMatch(exchange);
        long cas = match == null || match.any() ? 0 : single(match);
        exchange.keys()
                .send(Keys.read(Op.DELETE, key, cas), key, null,
                        new WriteAnswer(exchange, match != null, null));
    }

    /** A tag that no item has is taken for the largest: 0 would be no condition. */
    private static long single(EntityTags tags) throws RefusedException {
        if (tags.uniques().size() != 1) {
            throw RefusedException.badRequest("If-Match takes one entity tag, or *");
        }
        return tags.only() == 0 ? -1 : tags.only();
    }

    private BodyTaker put(Exchange exchange) throws RefusedException {
        var request = new Put(exchange, key(exchange), op(exchange), cas(exchange),
                Keys.attribute(exchange.headers().get(HttpHeaderNames.CONTENT_TYPE)),
                keys.exptime(ValueAnswer.TTL_HEADER.toString(),
                        exchange.headers().get(ValueAnswer.TTL_HEADER)));
        long length = HttpUtil.getContentLength(exchange.request(), -1L);
        if (length < 0 && !HttpUtil.isTransferEncodingChunked(exchange.request())) {
            length = 0;
        }
        if (length >= 0) {
            request.send(length);
            return request;
        }
        Action.Whole whole = (_, body) -> {
            request.send(body.readableBytes());
            request.part(body);
        };
        return new WholeBody(exchange, whole, bodies);
    }

    private static Op op(Exchange exchange) throws RefusedException {
        var match = ifMatch(exchange);
        var none = ifNoneMatch(exchange);
        if (none != null && (!none.any() || match != null)) {
            throw RefusedException.badRequest("If-None-Match of a PUT is * and stands alone");
        }
        if (none != null) {
            return Op.ADD;
        }
        return match == null ? Op.SET : match.any() ? Op.REPLACE : Op.CAS;
    }

    private static long cas(Exchange exchange) throws RefusedException {
        var match = ifMatch(exchange);
        return match == null || match.any() ? 0 : single(match);
    }

    /** A value on its way into the store. */
    private record Put(Exchange exchange, byte[] key, Op op, long cas,
            byte @Nullable [] contentType, int exptime) implements BodyTaker {
        void send(long length) throws RefusedException {
            if (length > Integer.MAX_VALUE) {
                throw new RefusedException(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                        "no node takes so large a value");
            }
            exchange.keys()
                    .send(Keys.store(op, key, new Stored(contentType, exptime, cas, length)), key,
                            contentType, new WriteAnswer(exchange, op != Op.SET, null));
        }

        @Override
        public void part(ByteBuf bytes) {
            exchange.keys().value(bytes);
        }

        @Override
        public void end() {
            // The session has counted the bytes.
        }
    }
}
