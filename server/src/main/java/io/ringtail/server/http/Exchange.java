package io.ringtail.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer, which is written and not flushed: a session flushes what it replied,
 * the handler what else was answered in its turn. Owner: the connection's event loop. */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final AsciiString OWN_PARTS_ONLY =
            AsciiString.cached("default-src 'none'; script-src 'self'; connect-src 'self'; "
                    + "img-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'");

    private final ChannelHandlerContext context;
    private final KeySession keys;
    private final Runnable onAnswered;
    private final HttpRequest request;
    private final String path;
    private final @Nullable String query;
    private boolean keepAlive;
    private boolean answered;
    private @Nullable AsciiString extraName;
    private @Nullable String extraValue;
    /** An answer whose body follows: the first part takes the head along. */
    private @Nullable HttpResponse head;

    /** {@code onAnswered} is called when the answer is complete. */
    Exchange(ChannelHandlerContext context, KeySession keys, HttpRequest request,
            Runnable onAnswered) {
        this.context = context;
        this.keys = keys;
        this.request = request;
        this.onAnswered = onAnswered;
        this.keepAlive = HttpUtil.isKeepAlive(request);
        var uri = request.uri();
        int mark = uri.indexOf('?');
        this.path = mark < 0 ? uri : uri.substring(0, mark);
        this.query = mark < 0 ? null : uri.substring(mark + 1);
    }

    HttpMethod method() {
        return request.method();
    }

    /** The path as it was sent. */
    String path() {
        return path;
    }

    @Nullable
    String query() {
        return query;
    }

    HttpHeaders headers() {
        return request.headers();
    }

    HttpRequest request() {
        return request;
    }

    HttpVersion version() {
        return request.protocolVersion();
    }

    /** A header of the answer to come. */
    private void extra(AsciiString name, String value) {
        extraName = name;
        extraValue = value;
    }

    /** The answer names the methods that the path has. */
    void allow(String methods) {
        extra(HttpHeaderNames.ALLOW, methods);
    }

    /** The answer asks for name and password. */
    void demandLogin() {
        extra(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"ringtail\"");
    }

    KeySession keys() {
        return keys;
    }

    boolean isHead() {
        return HttpMethod.HEAD.equals(request.method());
    }

    boolean isAnswered() {
        return answered;
    }

    boolean isKeepAlive() {
        return keepAlive;
    }

    /** The connection ends with this answer. */
    void closeAfterwards() {
        keepAlive = false;
    }

    /** The connection ends with this answer only where the client asked for that. */
    void keepAsAsked() {
        keepAlive = HttpUtil.isKeepAlive(request);
    }

    /** Runs {@code task} where it may block, and the answer it gives. */
    void answerLater(Work task) {
        Thread.ofVirtual().name("http " + path).start(() -> {
            var answer = made(task);
            onLoop(() -> {
                answer(answer);
                context.flush();
            });
        });
    }

    /** Nobody but this thread hears of what goes wrong on it. */
    private Answer made(Work task) {
        try {
            return task.answer();
        } catch (RuntimeException e) {
            LOG.error("http {}", path, e);
            return Answer.refusal(HttpResponseStatus.INTERNAL_SERVER_ERROR, "a bug: see the log");
        }
    }

    /** Runs {@code task} on the connection's event loop, unless that has ended meanwhile. */
    void onLoop(Runnable task) {
        try {
            context.executor().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the node has stopped before {} was answered", path);
        }
    }

    /** Makes an answer off the event loop. */
    interface Work {
        Answer answer();
    }

    /** Answers completely. */
    void answer(Answer answer) {
        var content = isHead() ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body());
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, answer.status(), content);
        if (answer.status().code() != HttpResponseStatus.NOT_MODIFIED.code()
                && answer.status().code() != HttpResponseStatus.NO_CONTENT.code()) {
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
        }
        if (answer.contentType() == Answer.HTML) {
            response.headers().set(HttpHeaderNames.CONTENT_SECURITY_POLICY, OWN_PARTS_ONLY);
        }
        answer(response, answer.body().length);
    }

    /** Answers completely; {@code length} is what the body has, or would have for HEAD. */
    void answer(DefaultFullHttpResponse response, long length) {
        if (answered || !context.channel().isActive()) {
            response.release();
            return;
        }
        prepare(response, length);
        context.write(response, context.voidPromise());
        done();
    }

    private void prepare(HttpResponse response, long length) {
        int code = response.status().code();
        if (code != HttpResponseStatus.NO_CONTENT.code()
                && code != HttpResponseStatus.NOT_MODIFIED.code()) {
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, AsciiString.of(decimal(length)));
        }
        if (extraName != null && extraValue != null) {
            response.headers().set(extraName, extraValue);
        }
        if (!keepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (!request.protocolVersion().isKeepAliveDefault()) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }

    private static String decimal(long number) {
        return Long.toString(number);
    }

    /** Starts an answer of {@code length} bytes that {@link #part} gives; -1: until the end. */
    void begin(DefaultHttpResponse response, long length) {
        if (length >= 0) {
            prepare(response, length);
        } else {
            keepAlive = false;
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        head = response;
    }

    /** The next bytes of the body, which this releases. */
    void part(ByteBuf bytes) {
        if (!context.channel().isActive()) {
            bytes.release();
            return;
        }
        writeHead();
        context.write(new DefaultHttpContent(bytes), context.voidPromise());
    }

    private void writeHead() {
        var first = head;
        if (first != null) {
            head = null;
            context.write(first, context.voidPromise());
        }
    }

    /** Sends what was written of the body so far. */
    void flush() {
        writeHead();
        context.flush();
    }

    /** The body is complete. */
    void end() {
        writeHead();
        if (context.channel().isActive()) {
            context.write(LastHttpContent.EMPTY_LAST_CONTENT, context.voidPromise());
        }
        done();
    }

    private void done() {
        answered = true;
        if (!keepAlive) {
            context.write(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
        onAnswered.run();
    }

    ChannelHandlerContext context() {
        return context;
    }
}
