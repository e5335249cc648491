package io.ringtail.server.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

/** A complete answer but for a value of the store. {@code body} is not changed any more. */
record Answer(HttpResponseStatus status, AsciiString contentType, byte[] body) {
    static final AsciiString JSON = AsciiString.cached("application/json");
    static final AsciiString TEXT = AsciiString.cached("text/plain; charset=utf-8");
    static final AsciiString HTML = AsciiString.cached("text/html; charset=utf-8");
    static final AsciiString METRICS =
            AsciiString.cached("text/plain; version=0.0.4; charset=utf-8");
    private static final byte[] NOTHING = {};

    static Answer json(String json) {
        return new Answer(HttpResponseStatus.OK, JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    static Answer text(String text) {
        return new Answer(HttpResponseStatus.OK, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static Answer empty(HttpResponseStatus status) {
        return new Answer(status, JSON, NOTHING);
    }

    /** {@code {"error": why}}. */
    static Answer refusal(HttpResponseStatus status, String why) {
        return new Answer(status, JSON, JsonText.object(it -> it.writeStringField("error", why))
                .getBytes(StandardCharsets.UTF_8));
    }
}
