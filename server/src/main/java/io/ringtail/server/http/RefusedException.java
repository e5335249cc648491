package io.ringtail.server.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** A request that is answered with a status of its own; the message is for people. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient HttpResponseStatus status;

    RefusedException(HttpResponseStatus status, String why) {
        super(why, null, false, false);
        this.status = status;
    }

    static RefusedException badRequest(String why) {
        return new RefusedException(HttpResponseStatus.BAD_REQUEST, why);
    }

    Answer answer() {
        return Answer.refusal(status, String.valueOf(getMessage()));
    }
}
