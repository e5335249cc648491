package io.ringtail.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.ringtail.server.http.Action.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the node says of itself. None of it is made on an event loop. */
final class NodeRoutes {
    private final NodeState node;

    NodeRoutes(NodeState node) {
        this.node = node;
    }

    List<Route> routes() {
        Action.Whole setPeer = this::setPeer;
        return List.of(page("/health", () -> state("healthy", node.illness(), null)),
                page("/ready", () -> state("ready", node.unreadiness(), node.note())),
                page("/nodes", () -> Answer.json(JsonText.object(this::writeNodes))),
                page("/metrics",
                        () -> new Answer(HttpResponseStatus.OK, Answer.METRICS,
                                node.metrics().getBytes(StandardCharsets.UTF_8))),
                page("/v1/stats", () -> Answer.json(JsonText.object(this::writeStatistics))),
                page("/v1/namespaces", () -> Answer.json(JsonText.document(this::writeNamespaces))),
                new Route(HttpMethod.POST, "/setpeer", setPeer));
    }

    static Route page(String path, Exchange.Work work) {
        Action.Bare action = exchange -> exchange.answerLater(work);
        return new Route(HttpMethod.GET, path, action);
    }

    private void setPeer(Exchange exchange, ByteBuf body) throws RefusedException {
        var peer = new String(Keys.required(PlainRoutes.form(exchange, body), "peer"),
                StandardCharsets.UTF_8);
        exchange.answerLater(() -> {
            var reason = node.addPeer(peer);
            return reason == null ? Answer.text("done")
                    : Answer.refusal(HttpResponseStatus.BAD_REQUEST, reason);
        });
    }

    private static Answer state(String name, @Nullable String why, @Nullable String note) {
        var body = JsonText.object(json -> {
            json.writeBooleanField(name, why == null);
            if (why != null) {
                json.writeStringField("why", why);
            }
            if (note != null) {
                json.writeStringField("note", note);
            }
        });
        return new Answer(
                why == null ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE,
                Answer.JSON, body.getBytes(StandardCharsets.UTF_8));
    }

    private void writeNodes(JsonGenerator json) throws IOException {
        var epoch = node.epoch();
        if (epoch != null) {
            json.writeStringField("epoch", epoch);
        }
        json.writeArrayFieldStart("nodes");
        for (var member : node.members()) {
            json.writeStartObject();
            json.writeStringField("node", member.node());
            json.writeBooleanField("self", member.self());
            json.writeStringField("state", member.state());
            json.writeNumberField("weight", member.weight());
            json.writeNumberField("share", member.share());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeStatistics(JsonGenerator json) {
        node.statistics((name, value) -> {
            try {
                json.writeFieldName(name);
                if (value.matches("-?[0-9]{1,18}(\\.[0-9]+)?")) {
                    json.writeRawValue(value);
                } else {
                    json.writeString(value);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void writeNamespaces(JsonGenerator json) throws IOException {
        var namespace = node.namespace();
        json.writeStartArray();
        json.writeStartObject();
        json.writeStringField("name", namespace.name());
        json.writeNumberField("entries", namespace.entries());
        json.writeNumberField("bytes", namespace.bytes());
        json.writeNumberField("limit_bytes", namespace.limitBytes());
        json.writeEndObject();
        json.writeEndArray();
    }
}
