package io.ringtail.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpMethod;

/** What a route does with a request. */
sealed interface Action {
    /** Answers without looking at a body. */
    non-sealed interface Bare extends Action {
        void run(Exchange exchange) throws RefusedException;
    }

    /** Answers when the whole body is there; it stays the caller's. */
    non-sealed interface Whole extends Action {
        void run(Exchange exchange, ByteBuf body) throws RefusedException;
    }

    /** Takes the body as it comes. */
    non-sealed interface Streaming extends Action {
        BodyTaker begin(Exchange exchange) throws RefusedException;
    }

    /** Takes the parts of one body. */
    interface BodyTaker {
        /** The next bytes, which stay the caller's. */
        void part(ByteBuf bytes) throws RefusedException;

        void end() throws RefusedException;

        /** The rest will not come. */
        default void cancel() {}
    }

    /** A route: what one method does on one path. */
    record Route(HttpMethod method, String path, Action action) {}
}
