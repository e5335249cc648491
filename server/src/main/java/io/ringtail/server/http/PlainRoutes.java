package io.ringtail.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.ringtail.protocol.side.SideFrame.Op;
import io.ringtail.server.http.Action.Route;
import io.ringtail.server.http.Keys.Stored;
import io.ringtail.server.http.WholeValue.Found;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys by form and by JSON: {@code /api}, {@code /get}, {@code /set}, {@code /delete}. */
final class PlainRoutes {
    private static final byte[] NOTHING = {};
    private static final byte[] VALUE = "value=".getBytes(StandardCharsets.US_ASCII);
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Answer DONE = Answer.text("done");
    private static final Answer STORED = Answer.json("{\"stored\":true}");
    private static final Answer DELETED = Answer.json("{\"deleted\":true}");

    private final Keys keys;

    PlainRoutes(Keys keys) {
        this.keys = keys;
    }

    List<Route> routes() {
        Action.Bare bytes = exchange -> read(exchange, NOTHING);
        Action.Bare labelled = exchange -> read(exchange, VALUE);
        Action.Bare json = this::get;
        Action.Whole form = this::setByForm;
        Action.Whole set = this::set;
        Action.Whole delete = this::delete;
        return List.of(new Route(HttpMethod.GET, "/api", bytes),
                new Route(HttpMethod.GET, "/api/get", labelled),
                new Route(HttpMethod.POST, "/api/set", form),
                new Route(HttpMethod.GET, "/get", json), new Route(HttpMethod.POST, "/set", set),
                new Route(HttpMethod.POST, "/delete", delete));
    }

    private static void read(Exchange exchange, byte[] before) throws RefusedException {
        var key = Keys.ofQuery(exchange);
        exchange.keys()
                .send(Keys.read(Op.GET, key, 0), key, null,
                        new ValueAnswer(exchange, EntityTags.NONE, before));
    }

    private void setByForm(Exchange exchange, ByteBuf body) throws RefusedException {
        var fields = form(exchange, body);
        var key = Keys.checked(fields.get("key"));
        var expire = fields.get("expire");
        var seconds = expire == null ? null : new String(expire, StandardCharsets.UTF_8);
        checkSwitch(fields.get("hot"));
        store(exchange, key, Keys.required(fields, "value"), null, keys.exptime("expire", seconds),
                DONE);
    }

    /** One node alone has every key hot. */
    private static void checkSwitch(byte @Nullable [] hot) throws RefusedException {
        var text = hot == null ? "false" : new String(hot, StandardCharsets.UTF_8);
        if (!text.equals("true") && !text.equals("false")) {
            throw RefusedException.badRequest("hot is true or false");
        }
    }

    static Map<String, byte[]> form(Exchange exchange, ByteBuf body) throws RefusedException {
        var type = HttpUtil.getMimeType(exchange.request());
        if (type == null || !FORM.contentEquals(type)) {
            throw new RefusedException(HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
                    "the body is not " + FORM);
        }
        return PercentCode.form(ByteBufUtil.getBytes(body));
    }

    private void set(Exchange exchange, ByteBuf body) throws RefusedException {
        var given = JsonBody.parse(ByteBufUtil.getBytes(body));
        var value = given.value();
        if (value == null) {
            throw RefusedException.badRequest("no value");
        }
        store(exchange, given.key(), value, given.contentType(),
                keys.exptime("ttl", given.ttlSeconds()), STORED);
    }

    private static void store(Exchange exchange, byte[] key, byte[] value,
            @Nullable String contentType, int exptime, Answer done) throws RefusedException {
        var attribute = Keys.attribute(contentType);
        var stored = new Stored(attribute, exptime, 0, value.length);
        exchange.keys()
                .send(Keys.store(Op.SET, key, stored), key, attribute,
                        new WriteAnswer(exchange, false, done));
        exchange.keys().value(Unpooled.wrappedBuffer(value));
    }

    private void delete(Exchange exchange, ByteBuf body) throws RefusedException {
        var key = JsonBody.parse(ByteBufUtil.getBytes(body)).key();
        exchange.keys()
                .send(Keys.read(Op.DELETE, key, 0), key, null,
                        new WriteAnswer(exchange, false, DELETED));
    }

    private void get(Exchange exchange) throws RefusedException {
        var key = Keys.ofQuery(exchange);
        exchange.keys()
                .send(Keys.read(Op.GET, key, 0), key, null,
                        new WholeValue(exchange, found -> rendered(key, found)));
    }

    /** A value that is neither JSON nor text comes in base64. */
    private static Answer rendered(byte[] key, Found found) {
        return Answer.json(JsonText.object(json -> {
            json.writeStringField("key", new String(key, StandardCharsets.UTF_8));
            writeValue(json, found);
            if (found.ttlSeconds() >= 0) {
                json.writeNumberField("ttl", found.ttlSeconds());
            }
        }));
    }

    private static void writeValue(JsonGenerator json, Found found) throws IOException {
        var text = text(found.value());
        if (text == null) {
            json.writeFieldName("base64");
            json.writeBinary(found.value());
            return;
        }
        json.writeFieldName("value");
        if (JsonBody.isJson(found.contentType()) && JsonBody.isDocument(found.value())) {
            json.writeRawValue(text);
        } else {
            json.writeString(text);
        }
    }

    private static @Nullable String text(byte[] value) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
