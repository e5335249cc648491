package io.ringtail.server.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * One listener of the live feed. Who does not read misses events instead of piling them up.
 * Thread-safe.
 */
final class EventStream {
    private final Exchange exchange;

    private EventStream(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Answers with a stream of events that ends with the connection. */
    static void open(Exchange exchange, LiveFeed feed) {
        var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        if (exchange.isHead()) {
            exchange.answer(Answer.empty(HttpResponseStatus.OK));
            return;
        }
        exchange.begin(response, -1);
        exchange.flush();
        var stream = new EventStream(exchange);
        feed.add(stream);
    }

    /** Runs {@code task} when the connection is closed, at once where it is. */
    void whenClosed(Runnable task) {
        exchange.context().channel().closeFuture().addListener(closed -> task.run());
    }

    /** Sends an event; from any thread. */
    void send(byte[] event) {
        var context = exchange.context();
        exchange.onLoop(() -> {
            if (context.channel().isWritable()) {
                exchange.part(Unpooled.wrappedBuffer(event));
                exchange.flush();
            }
        });
    }
}
